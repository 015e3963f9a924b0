package dev.rolewright.web.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.lang.JoseException;

/// The key set of the made-up issuer as a file, for an application under test.
///
/// The private key is kept in a system property, because a test profile is loaded by another class
/// loader than the test.
final class IssuerFile {

    private static final String KEY = "test.rolewright.issuer-key";

    private IssuerFile() {}

    static Path write() {
        try {
            Path file = Files.createTempFile("keys", ".json");
            file.toFile().deleteOnExit();
            return Files.writeString(file, new JsonWebKeySet(key()).toJson());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RsaJsonWebKey key() {
        synchronized (System.class) {
            String known = System.getProperty(KEY);
            if (known == null) {
                known = MadeUpIssuer.rsa("one").toJson(OutputControlLevel.INCLUDE_PRIVATE);
                System.setProperty(KEY, known);
            }
            try {
                return new RsaJsonWebKey(JsonUtil.parseJson(known));
            } catch (JoseException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
