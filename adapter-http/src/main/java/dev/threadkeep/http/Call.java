package dev.threadkeep.http;

import dev.threadkeep.application.Caller;
import dev.threadkeep.application.Upload;
import dev.threadkeep.http.MemoryBudget.Claim;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** One request, as the work of a route sees it. */
final class Call {
  private final Context context;
  private final Optional<Login> login;
  private final Query query;
  private final Optional<Body> body;
  private final Optional<UploadBody> file;
  private final Claim memory;

  Call(
      Context context,
      Optional<Login> login,
      Query query,
      Optional<Body> body,
      Optional<UploadBody> file,
      Claim memory) {
    this.context = context;
    this.login = login;
    this.query = query;
    this.body = body;
    this.file = file;
    this.memory = memory;
  }

  HttpServletRequest request() {
    return context.req();
  }

  /** Who is calling; for routes that not everybody may call. */
  Caller caller() {
    return login.orElseThrow().caller();
  }

  /** The person who is calling; for routes of people. */
  SignedIn person() {
    return login.flatMap(Login::signedIn).orElseThrow();
  }

  Query query() {
    return query;
  }

  /** The body; for routes that take one. */
  Body body() {
    return body.orElseThrow();
  }

  /** The file that is sent; for routes that take one. */
  Upload upload() {
    return file.orElseThrow().upload();
  }

  /** Memory for what is answered; it is given back when that is written. */
  Claim memory() {
    return memory;
  }

  /** A part of the address, percent-decoded, whatever it holds. */
  String segment(String name) {
    return context.pathParam(name);
  }

  /**
   * An id of the address, percent-decoded.
   *
   * @throws RefusedException when it has control characters
   */
  String id(String name) {
    String id = segment(name);
    if (id.chars().anyMatch(Character::isISOControl)) {
      throw new RefusedException(Code.MALFORMED, "the id in the address has control characters");
    }
    return id;
  }
}
