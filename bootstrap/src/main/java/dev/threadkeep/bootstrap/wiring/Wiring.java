package dev.threadkeep.bootstrap.wiring;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Module;
import com.google.inject.Stage;
import com.google.inject.spi.Message;
import com.google.inject.util.Modules;
import dev.threadkeep.bootstrap.settings.Options;
import dev.threadkeep.bootstrap.settings.Settings;
import dev.threadkeep.bootstrap.settings.StoreKind;
import dev.threadkeep.http.ThreadkeepServer;

/** Picks the modules that the settings ask for, and makes what a command needs of them. */
public final class Wiring {
  private Wiring() {}

  /**
   * The server, with all that it needs open, not yet listening.
   *
   * @param resources where everything is kept that is to be closed in the end, also when this fails
   * @throws RuntimeException what kept a part of it from opening
   */
  public static ThreadkeepServer server(Settings settings, Resources resources) {
    return make(ThreadkeepServer.class, settings, resources, new ServerModule());
  }

  /**
   * The stores that the settings name, open.
   *
   * @param resources as for {@link #server}
   * @throws RuntimeException what kept one of them from opening
   */
  public static Stores stores(Settings settings, Resources resources) {
    return make(Stores.class, settings, resources);
  }

  private static <T> T make(
      Class<T> type, Settings settings, Resources resources, Module... others) {
    try {
      return Guice.createInjector(
              Stage.PRODUCTION,
              Modules.combine(others),
              new StoresModule(settings, resources),
              store(settings),
              files(settings))
          .getInstance(type);
    } catch (CreationException failed) {
      throw cause(failed);
    }
  }

  private static Module store(Settings settings) {
    return settings.get(Options.STORE) == StoreKind.LOCAL
        ? new LocalStoreModule()
        : new DynamoDbStoreModule();
  }

  private static Module files(Settings settings) {
    return switch (settings.get(Options.FILES)) {
      case LOCAL -> new LocalFilesModule();
      case S3 -> new S3FilesModule();
      case AZURE -> new AzureFilesModule();
      case NONE -> new NoFilesModule();
    };
  }

  /** What a provider threw, without what Guice says around it, and as often as it was asked. */
  private static RuntimeException cause(CreationException failed) {
    return failed.getErrorMessages().stream()
        .map(Message::getCause)
        .filter(RuntimeException.class::isInstance)
        .map(RuntimeException.class::cast)
        .findFirst()
        .orElse(failed);
  }
}
