package dev.rolewright.web.auth;

import dev.rolewright.credential.Hmac;
import dev.rolewright.offboarding.HrConfig;
import dev.rolewright.offboarding.Signatures;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes sure that a body is what its sender signed, lately and for the first time.
///
/// What is signed is the timestamp, a dot and the body, byte by byte as it came. Whoever is told what is wrong here has
/// shown the sender's token already.
@ApplicationScoped
public class SignedWords {

    /// When the request was signed, in seconds since 1970.
    public static final String TIMESTAMP = "Rolewright-Timestamp";

    /// `sha256=` and the HMAC in hexadecimal.
    public static final String SIGNATURE = "Rolewright-Signature";

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
    private static final Pattern HEX = Pattern.compile("sha256=([0-9a-fA-F]{64})");

    private final SenderSecrets secrets;
    private final Signatures signatures;
    private final Duration tolerance;
    private final Clock clock = Clock.systemUTC();

    SignedWords(SenderSecrets secrets, Signatures signatures, HrConfig config) {
        this.secrets = secrets;
        this.signatures = signatures;
        this.tolerance = config.tolerance();
    }

    /// Why the sender is not to be believed; empty when it is.
    public Optional<String> doubt(Sender sender, ContainerRequestContext request, byte[] body) {
        if (!secrets.isSigning(sender.name())) {
            return Optional.empty();
        }
        String timestamp = header(request, TIMESTAMP);
        String signature = header(request, SIGNATURE);
        if (timestamp == null || signature == null) {
            return Optional.of(
                    "This sender signs what it says: the headers " + TIMESTAMP + " and " + SIGNATURE + " are needed.");
        }
        Matcher hex = HEX.matcher(signature);
        if (!SECONDS.matcher(timestamp).matches() || !hex.matches()) {
            return Optional.of(TIMESTAMP + " is the time in seconds since 1970, " + SIGNATURE
                    + " is sha256= and 64 hexadecimal digits.");
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), clock.instant());
        if (age.abs().compareTo(tolerance) > 0) {
            return Optional.of(TIMESTAMP + " is more than " + tolerance.toSeconds()
                    + " s away from the time here; is the sender's clock right?");
        }
        Hmac shown = new Hmac(HexFormat.of().parseHex(hex.group(1)));
        if (!isSigned(sender, timestamp, body, shown)) {
            return Optional.of(
                    SIGNATURE + " is not the signature of this timestamp, a dot and this body with the sender's key.");
        }
        return signatures.use(sender.name(), shown.bytes())
                ? Optional.empty()
                : Optional.of("This signature was used before; each request is signed anew.");
    }

    private boolean isSigned(Sender sender, String timestamp, byte[] body, Hmac shown) {
        byte[] head = (timestamp + ".").getBytes(StandardCharsets.US_ASCII);
        boolean signed = false;
        for (var key : secrets.keys(sender.name())) {
            signed |= Hmac.of(key, head, body).equals(shown);
        }
        return signed;
    }

    private static @Nullable String header(ContainerRequestContext request, String name) {
        String text = request.getHeaderString(name);
        return text == null || text.isBlank() ? null : text.strip();
    }
}
