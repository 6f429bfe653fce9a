import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * S3Proxy, listening on loopback alone and keeping files in memory. It keeps them as files in
 * folders, to which {@code a//b} is {@code a/b}; S3 has no folders. So their names are the
 * hexadecimal bytes of the keys here, which have the order of the keys, too. Run by Java's source
 * launcher, so that neither this nor the engine is in anybody else's class path.
 */
public class LoopbackS3Proxy {
  public static void main(String[] arguments) throws Exception {
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
    S3Proxy.builder()
        .endpoint(URI.create("http://127.0.0.1:" + arguments[0]))
        .awsAuthentication(AuthenticationType.AWS_V4, arguments[1], arguments[2])
        .blobStore(new HexNames(BlobStores.create("transient", new Properties())))
        .build()
        .start();
    // The input ends with the process that started this one, however that ends.
    System.in.transferTo(OutputStream.nullOutputStream());
    System.exit(0);
  }

  private static final class HexNames extends ForwardingBlobStore {
    private static final Pattern OWN = Pattern.compile("\\.(mpus|s3proxy-mpu-stub)-.*", Pattern.DOTALL);
    private static final Pattern PART =
        Pattern.compile("(\\.mpus-[0-9a-f-]{36}-)(.*)(-\\d+)", Pattern.DOTALL);

    HexNames(BlobStore files) {
      super(files);
    }

    @Override
    public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
      HeadObjectResponse file =
          super.blobMetadata(request.toBuilder().key(name(request.key())).build());
      return file.toBuilder().contentType(type(file.contentType())).build();
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
      ResponseInputStream<GetObjectResponse> file =
          super.getBlob(request.toBuilder().key(name(request.key())).build());
      GetObjectResponse head = file.response();
      return new ResponseInputStream<>(
          head.toBuilder().contentType(type(head.contentType())).build(), file);
    }

    @Override
    public ObjectCannedACL getBlobAccess(String bucket, String key) {
      return super.getBlobAccess(bucket, name(key));
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
      return super.putBlob(request.toBuilder().key(name(request.key())).build(), content);
    }

    @Override
    public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
      return super.removeBlob(request.toBuilder().key(name(request.key())).build());
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
      ListObjectsV2Response page =
          super.list(
              request.toBuilder()
                  .prefix(name(request.prefix()))
                  .startAfter(name(request.startAfter()))
                  .build());
      return page.toBuilder()
          .contents(
              page.contents().stream()
                  .filter(file -> !OWN.matcher(file.key()).matches())
                  .map(file -> file.toBuilder().key(key(file.key())).build())
                  .toList())
          .build();
    }

    @Override
    public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
      MultipartUpload upload =
          super.initiateMultipartUpload(
              request.toBuilder().key(name(request.key())).build());
      return new MultipartUpload(upload.id(), request, upload.response());
    }

    @Override
    public void abortMultipartUpload(MultipartUpload upload) {
      super.abortMultipartUpload(named(upload));
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
        MultipartUpload upload, CompleteMultipartUploadRequest request) {
      return super.completeMultipartUpload(
          named(upload), request.toBuilder().key(name(request.key())).build());
    }

    @Override
    public UploadPartResponse uploadMultipartPart(
        MultipartUpload upload, UploadPartRequest request, InputStream content) {
      return super.uploadMultipartPart(
          named(upload), request.toBuilder().key(name(request.key())).build(), content);
    }

    @Override
    public List<Part> listMultipartUpload(MultipartUpload upload) {
      return super.listMultipartUpload(named(upload));
    }

    @Override
    public List<software.amazon.awssdk.services.s3.model.MultipartUpload> listMultipartUploads(
        String container) {
      return super.listMultipartUploads(container).stream()
          .map(upload -> upload.toBuilder().key(key(upload.key())).build())
          .toList();
    }

    private static MultipartUpload named(MultipartUpload upload) {
      return new MultipartUpload(
          upload.id(),
          upload.request().toBuilder().key(name(upload.blobName())).build(),
          upload.response());
    }

    /** Files of the engine's own, about unfinished uploads, keep their names but for the key in them. */
    private static String name(String key) {
      if (key == null) {
        return null;
      } else if (!OWN.matcher(key).matches()) {
        return HexFormat.of().formatHex(key.getBytes(StandardCharsets.UTF_8));
      }
      Matcher part = PART.matcher(key);
      return part.matches() ? part.group(1) + name(part.group(2)) + part.group(3) : key;
    }

    /** Jetty writes types that it knows in its own way. HTTP takes the space away again. */
    private static String type(String type) {
      return type + " ";
    }

    private static String key(String name) {
      return new String(HexFormat.of().parseHex(name), StandardCharsets.UTF_8);
    }
  }
}
