package dev.threadkeep.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadkeep.bootstrap.settings.SettingsReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {
  private static final String CONNECTION =
      "DefaultEndpointsProtocol=https;AccountName=ours;AccountKey=hush==;"
          + "BlobEndpoint=https://ours.blob.example.org/?sig=hush;EndpointSuffix=example.org;"
          + "SharedAccessSignature=sv=1&sig=hush";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "THREADKEEP_DATA_DIR=elsewhere",
        "THREADKEEP_DYNAMODB_TABLE=other",
        "THREADKEEP_S3_BUCKET=other",
        "APP_AWS_REGION=eu-central-1",
        "DEV_AWS_ENDPOINT=http://localhost:9000",
        "THREADKEEP_AZURE_CONTAINER=other",
        "APP_AZURE_STORAGE_ACCOUNT=other",
        "THREADKEEP_AZURE_CONNECTION_STRING=AccountName=other",
        "THREADKEEP_AZURE_CONNECTION_STRING=BlobEndpoint=http://localhost:10000/other",
        "THREADKEEP_AZURE_CONNECTION_STRING=EndpointSuffix=core.chinacloudapi.cn",
        "THREADKEEP_FILES_PREFIX=other/"
      })
  void otherPlacesShouldBeTold(String setting) {
    String[] option = setting.split("=", 2);

    assertThat(place(Map.of(option[0], option[1]))).isNotEqualTo(place(Map.of()));
  }

  @Test
  void howAPlaceIsOpenedShouldNotMatterAndSecretsNotBeTold() {
    String place = place(Map.of("THREADKEEP_AZURE_CONNECTION_STRING", CONNECTION));

    assertThat(place)
        .contains(
            "AccountName=ours;BlobEndpoint=https://ours.blob.example.org/;"
                + "EndpointSuffix=example.org")
        .doesNotContain("hush", "sig", "sv=");
    for (String other : List.of("AccountKey=hush==", "sv=1&sig=hush")) {
      String renewed = CONNECTION.replace(other, other.replace("hush", "fresh"));
      assertThat(place(Map.of("THREADKEEP_AZURE_CONNECTION_STRING", renewed))).isEqualTo(place);
    }
  }

  private static String place(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("THREADKEEP_HOST", "0.0.0.0");
    return Place.of(SettingsReader.read(all, Optional.empty(), Set.of()));
  }
}
