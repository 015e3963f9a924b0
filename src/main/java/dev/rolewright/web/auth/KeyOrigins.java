package dev.rolewright.web.auth;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/// The places a key set can be read from: an address of the issuer, or a file.
final class KeyOrigins {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long LARGEST = 1 << 20;
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private KeyOrigins() {}

    /// Finds the place in the configuration.
    ///
    /// @param setting where that configuration is, for the sentence that says what is wrong with it
    static KeySet.Origin of(String setting, IssuerConfig config) {
        return of(setting, config, PATIENCE);
    }

    static KeySet.Origin of(String setting, IssuerConfig config, Duration patience) {
        if (config.jwksUrl().isPresent() == config.jwksFile().isPresent()) {
            throw new IllegalArgumentException("Set one of " + setting + ".jwks-url and " + setting + ".jwks-file");
        }
        return config.jwksFile()
                .map(KeyOrigins::file)
                .orElseGet(() -> address(setting, config.jwksUrl().orElseThrow(), patience));
    }

    private static KeySet.Origin file(Path file) {
        return () -> {
            if (Files.size(file) > LARGEST) {
                throw new IOException("the file has more than " + LARGEST + " bytes");
            }
            return Files.readString(file);
        };
    }

    /// Whoever can change the keys on their way decides who comes in: so they travel encrypted or not at all.
    private static KeySet.Origin address(String setting, URI address, Duration patience) {
        boolean safe = "https".equals(address.getScheme())
                || ("http".equals(address.getScheme()) && THIS_MACHINE.contains(String.valueOf(address.getHost())));
        if (!safe) {
            throw new IllegalArgumentException(setting + ".jwks-url must be an https address");
        }
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(patience)
                .header("Accept", "application/json, application/jwk-set+json")
                .build();
        return () -> {
            HttpResponse<String> reply =
                    client.send(request, BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), LARGEST));
            if (reply.statusCode() != 200) {
                throw new IOException("the issuer answers " + reply.statusCode());
            }
            return reply.body();
        };
    }
}
