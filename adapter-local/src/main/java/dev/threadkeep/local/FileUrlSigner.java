package dev.threadkeep.local;

import dev.threadkeep.domain.BlobKey;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and checks the addresses of files that this process serves itself: {@code
 * {publicUrl}/files/{key}?expires={epoch seconds}&signature={HMAC-SHA256}}. Whoever has one can
 * read that file until it expires.
 */
public final class FileUrlSigner {
  /** The query parameter that says until when the address holds, in seconds of the epoch. */
  public static final String EXPIRES = "expires";

  /** The query parameter that proves that the address was made here. */
  public static final String SIGNATURE = "signature";

  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern SECONDS = Pattern.compile("\\d{1,18}");

  private final String publicUrl;
  private final SecretKeySpec secret;
  private final Duration lifetime;
  private final Clock clock;

  /**
   * @param publicUrl what the addresses begin with; empty for addresses relative to the server
   * @param secret not empty; who knows it can make addresses of any file
   * @param lifetime how long an address holds, in whole seconds
   */
  public FileUrlSigner(String publicUrl, byte[] secret, Duration lifetime, Clock clock) {
    this.publicUrl =
        publicUrl.endsWith("/") ? publicUrl.substring(0, publicUrl.length() - 1) : publicUrl;
    this.secret = new SecretKeySpec(secret, ALGORITHM);
    this.lifetime = lifetime;
    this.clock = clock;
  }

  /** The address of a file, whether it exists or not. A slash in the key is encoded, too. */
  public URI sign(BlobKey key) {
    String expires = Long.toString(clock.instant().plus(lifetime).getEpochSecond());
    String path = URLEncoder.encode(key.value(), StandardCharsets.UTF_8).replace("+", "%20");
    String query = EXPIRES + '=' + expires + '&' + SIGNATURE + '=' + signature(key, expires);
    return URI.create(publicUrl + "/files/" + path + '?' + query);
  }

  /**
   * Whether an address was made here, and holds still. Anything may be asked.
   *
   * @param key as it was signed, decoded
   */
  public boolean verify(BlobKey key, String expires, String signature) {
    boolean genuine =
        MessageDigest.isEqual(
            signature(key, expires).getBytes(StandardCharsets.UTF_8),
            signature.getBytes(StandardCharsets.UTF_8));
    return genuine
        && SECONDS.matcher(expires).matches()
        && clock.instant().getEpochSecond() < Long.parseLong(expires);
  }

  private String signature(BlobKey key, String expires) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      byte[] hash = mac.doFinal((expires + '\n' + key.value()).getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible); // every Java platform has this algorithm
    }
  }
}
