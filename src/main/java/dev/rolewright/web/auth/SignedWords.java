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
import java.util.List;
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
        Hearing hearing = hear(sender, request);
        hearing.hear(body, body.length);
        return hearing.doubt();
    }

    /// Listens to a body that comes bit by bit.
    public Hearing hear(Sender sender, ContainerRequestContext request) {
        if (!secrets.isSigning(sender.name())) {
            return new Hearing(sender, Optional.empty(), List.of(), Optional.empty());
        }
        String timestamp = header(request, TIMESTAMP);
        String signature = header(request, SIGNATURE);
        if (timestamp == null || signature == null) {
            return refused(
                    sender,
                    "This sender signs what it says: the headers " + TIMESTAMP + " and " + SIGNATURE + " are needed.");
        }
        Matcher hex = HEX.matcher(signature);
        if (!SECONDS.matcher(timestamp).matches() || !hex.matches()) {
            return refused(
                    sender,
                    TIMESTAMP + " is the time in seconds since 1970, " + SIGNATURE
                            + " is sha256= and 64 hexadecimal digits.");
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), clock.instant());
        if (age.abs().compareTo(tolerance) > 0) {
            return refused(
                    sender,
                    TIMESTAMP + " is more than " + tolerance.toSeconds()
                            + " s away from the time here; is the sender's clock right?");
        }
        List<Hmac.Running> running =
                secrets.keys(sender.name()).stream().map(Hmac.Running::new).toList();
        Hearing hearing = new Hearing(
                sender,
                Optional.empty(),
                running,
                Optional.of(new Hmac(HexFormat.of().parseHex(hex.group(1)))));
        byte[] head = (timestamp + ".").getBytes(StandardCharsets.US_ASCII);
        hearing.hear(head, head.length);
        return hearing;
    }

    private Hearing refused(Sender sender, String sentence) {
        return new Hearing(sender, Optional.of(sentence), List.of(), Optional.empty());
    }

    /// What was heard of a body so far.
    public final class Hearing {

        private final Sender sender;
        private final Optional<String> refusal;
        private final List<Hmac.Running> running;
        private final Optional<Hmac> shown;

        /// @param running one with each key
        /// @param shown empty for a sender that does not sign
        private Hearing(Sender sender, Optional<String> refusal, List<Hmac.Running> running, Optional<Hmac> shown) {
            this.sender = sender;
            this.refusal = refusal;
            this.running = running;
            this.shown = shown;
        }

        /// Why nothing of the body needs to be heard.
        public Optional<String> refusal() {
            return refusal;
        }

        /// @param length how many of the bytes, from the first
        public void hear(byte[] bytes, int length) {
            running.forEach(each -> each.add(bytes, length));
        }

        /// Why the sender is not to be believed, when all of the body was heard; empty when it is.
        public Optional<String> doubt() {
            if (refusal.isPresent() || shown.isEmpty()) {
                return refusal;
            }
            boolean signed = false;
            for (Hmac.Running each : running) {
                signed |= each.end().equals(shown.get());
            }
            if (!signed) {
                return Optional.of(SIGNATURE
                        + " is not the signature of this timestamp, a dot and this body with the sender's key.");
            }
            return signatures.use(sender.name(), shown.get().bytes())
                    ? Optional.empty()
                    : Optional.of("This signature was used before; each request is signed anew.");
        }
    }

    private static @Nullable String header(ContainerRequestContext request, String name) {
        String text = request.getHeaderString(name);
        return text == null || text.isBlank() ? null : text.strip();
    }
}
