package dev.threadkeep.http;

import dev.threadkeep.application.Caller;
import dev.threadkeep.application.UserService;
import dev.threadkeep.domain.User;
import dev.threadkeep.domain.UserAttributes;
import dev.threadkeep.domain.json.JsonObject;
import dev.threadkeep.domain.json.JsonValue;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Signing in and out, as Chainlit's front end does it. */
final class AuthRoutes {
  /** Passwords and providers are Chainlit's affair; here one comes with a token. */
  private static final Answer CONFIG =
      Answer.ok(
          JsonObject.of("requireLogin", JsonValue.of(true))
              .with("passwordAuth", JsonValue.of(false))
              .with("headerAuth", JsonValue.of(false))
              .with("oauthProviders", new JsonValue.Array(List.of())));

  private final UserService users;
  private final SignInTokens tokens;
  private final AuthCookies cookies;
  private final Clock clock;

  AuthRoutes(UserService users, SignInTokens tokens, AuthCookies cookies, Clock clock) {
    this.users = users;
    this.tokens = tokens;
    this.cookies = cookies;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/auth/config", Access.ANYONE, call -> CompletableFuture.completedStage(CONFIG)),
        Route.post("/auth/jwt", Access.ANYONE, this::signIn).taking(Route.Input.NONE),
        Route.post("/logout", Access.ANYONE, this::signOut).taking(Route.Input.NONE),
        Route.get("/user", Access.PEOPLE, this::user));
  }

  /**
   * Puts the token into the cookie. It stays the token that it is: a sign-in ends when whoever made
   * the token said that it would.
   */
  private CompletionStage<Answer> signIn(Call call) {
    SignedIn signedIn =
        tokens.verify(
            Authentication.bearer(call.request())
                .orElseThrow(
                    () ->
                        new RefusedException(
                            Code.UNAUTHENTICATED, "send the token: Authorization: Bearer …")));
    Duration validity = Duration.between(clock.instant(), signedIn.expires());
    List<Header> headers = cookies.set(signedIn.token(), validity, call.request());
    return users
        .put(Caller.person(signedIn.user()), user(signedIn))
        .thenApply(known -> Answer.success().with(headers));
  }

  private CompletionStage<Answer> signOut(Call call) {
    return CompletableFuture.completedStage(Answer.success().with(cookies.clear(call.request())));
  }

  private CompletionStage<Answer> user(Call call) {
    SignedIn signedIn = call.person();
    return users
        .getOrCreate(call.caller(), user(signedIn))
        .thenApply(known -> Answer.ok(json(known, signedIn)));
  }

  private static User user(SignedIn signedIn) {
    return User.builder().id(signedIn.user()).metadata(signedIn.metadata()).build();
  }

  /** What a person is called is not stored: it is what the sign-in says. */
  private static JsonObject json(User user, SignedIn signedIn) {
    JsonObject stored = UserAttributes.SCHEMA.toJson(user);
    return JsonObject.of("metadata", JsonObject.empty())
        .with(UserAttributes.CREATED_AT.name(), JsonValue.Null.NULL)
        .merge(stored)
        .with(
            "display_name",
            signedIn.displayName().<JsonValue>map(JsonValue::of).orElse(JsonValue.Null.NULL));
  }
}
