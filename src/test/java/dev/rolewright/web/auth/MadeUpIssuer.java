package dev.rolewright.web.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/// An issuer of tokens on this machine: makes keys, signs whatever a test wants, and serves its key set over HTTP.
final class MadeUpIssuer implements AutoCloseable {

    static final String NAME = "https://issuer.test/";
    static final String AUDIENCE = "rolewright";

    private final HttpServer server;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile List<? extends JsonWebKey> published = List.of();
    private volatile int status = 200;

    MadeUpIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/keys", exchange -> {
            asked.incrementAndGet();
            byte[] body = new JsonWebKeySet(published).toJson().getBytes(UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    static RsaJsonWebKey rsa(String id) {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(id);
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    void publish(JsonWebKey... keys) {
        published = List.of(keys);
    }

    void answer(int newStatus) {
        status = newStatus;
    }

    int asked() {
        return asked.get();
    }

    URI keys() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
    }

    /// Claims that pass every check.
    static JwtClaims good() {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(NAME);
        claims.setAudience(AUDIENCE);
        claims.setSubject("client-42");
        claims.setExpirationTimeMinutesInTheFuture(10);
        claims.setNotBeforeMinutesInThePast(1);
        return claims;
    }

    static JwtClaims good(Consumer<JwtClaims> change) {
        JwtClaims claims = good();
        change.accept(claims);
        return claims;
    }

    static String signed(PublicJsonWebKey key, String algorithm, JwtClaims claims) {
        return signed(key, algorithm, claims, signature -> {});
    }

    static String signed(PublicJsonWebKey key, String algorithm, JwtClaims claims, Consumer<JsonWebSignature> change) {
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setPayload(claims.toJson());
            signature.setKey(key.getPrivateKey());
            signature.setKeyIdHeaderValue(key.getKeyId());
            signature.setAlgorithmHeaderValue(algorithm);
            change.accept(signature);
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
