package dev.rolewright.web.auth;

import static dev.rolewright.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySetTest {

    private static final RsaJsonWebKey OLD = MadeUpIssuer.rsa("old");
    private static final RsaJsonWebKey NEW = MadeUpIssuer.rsa("new");

    private final MadeUpIssuer issuer = new MadeUpIssuer();

    @AfterEach
    void close() {
        issuer.close();
    }

    @Test
    void readsTheKeysOnceForManyRequests() {
        issuer.publish(OLD);
        KeySet keys = keySet(Duration.ofSeconds(10));

        IntStream.range(0, 100)
                .parallel()
                .forEach(i -> assertThat(ids(keys.current())).containsExactly("old"));

        assertThat(issuer.asked()).isEqualTo(1);
    }

    @Test
    void learnsOfARotationWhenItIsTold() {
        issuer.publish(OLD);
        KeySet keys = keySet(Duration.ZERO);
        keys.current();
        issuer.publish(OLD, NEW);

        assertThat(ids(keys.current())).containsExactly("old");
        assertThat(ids(keys.renewed())).containsExactly("old", "new");
        assertThat(ids(keys.current())).containsExactly("old", "new");
    }

    @Test
    void tokensWithUnknownKeysDoNotMakeUsAskWithoutEnd() {
        issuer.publish(OLD);
        KeySet keys = keySet(Duration.ofSeconds(10));

        IntStream.range(0, 100).parallel().forEach(i -> keys.renewed());

        assertThat(issuer.asked()).isEqualTo(1);
    }

    @Test
    void goesOnWithTheLastGoodKeysWhileTheIssuerIsDown() {
        issuer.publish(OLD);
        KeySet keys = keySet(Duration.ZERO);
        keys.current();

        issuer.answer(503);
        assertThat(ids(keys.renewed())).containsExactly("old");
        issuer.answer(200);
        issuer.publish();
        assertThat(ids(keys.renewed())).as("an empty key set is a mistake").containsExactly("old");
        issuer.close();
        assertThat(ids(keys.renewed())).containsExactly("old");
        assertThat(ids(keys.current())).containsExactly("old");
    }

    @Test
    void doesNotLetARequestWaitForAnIssuerThatHangs() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Duration patience = Duration.ofMillis(200);
        KeySet.Origin hanging = () -> {
            never.await();
            return "";
        };
        KeySet keys = new KeySet("hanging", hanging, KeySet.PAUSE, patience);

        long before = System.nanoTime();
        List<JsonWebKey> found = keys.current();

        assertThat(found).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(patience);
        await().until(
                        () -> { // where much else is done, one answer may take long
                            long again = System.nanoTime();
                            keys.current();
                            return System.nanoTime() - again
                                    < patience.plusSeconds(2).toNanos();
                        });
        never.countDown();
    }

    @Test
    void givesUpOnAServerThatAcceptsAndSaysNothing() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            String address = "http://127.0.0.1:" + silent.getLocalPort();
            KeySet.Origin origin = KeyOrigins.of("here", config("jwks-url", address), Duration.ofMillis(200));

            assertThatThrownBy(origin::read).isInstanceOf(IOException.class);
        }
    }

    @Test
    void readsAFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("keys.json"), new JsonWebKeySet(OLD).toJson());
        KeySet keys = new KeySet("file", KeyOrigins.of("here", config("jwks-file", file.toString())));

        assertThat(ids(keys.current())).containsExactly("old");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://issuer.test/keys", "ftp://issuer.test/keys", "http://127.0.0.1.evil.test/keys", "keys"})
    void keysTravelEncryptedOrNotAtAll(String address) {
        assertThatThrownBy(() -> KeyOrigins.of("here", config("jwks-url", address)))
                .hasMessage("here.jwks-url must be an https address");
    }

    @Test
    void saysWhenThereIsNoPlaceToReadFrom() {
        assertThatThrownBy(() -> KeyOrigins.of("here", config("issuer", MadeUpIssuer.NAME)))
                .hasMessage("Set one of here.jwks-url and here.jwks-file");
    }

    private KeySet keySet(Duration pause) {
        return new KeySet(
                MadeUpIssuer.NAME,
                KeyOrigins.of("here", config("jwks-url", issuer.keys().toString())),
                pause,
                KeySet.PATIENCE);
    }

    private static IssuerConfig config(String key, String value) {
        return Settings.issuer(Map.of(key, value));
    }

    private static List<String> ids(List<JsonWebKey> keys) {
        return keys.stream().map(JsonWebKey::getKeyId).toList();
    }
}
