package dev.rolewright.engine.postgres.words;

import dev.rolewright.model.PersonId;
import dev.rolewright.model.Sha256;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The comments that mark what is ours. They name the installation, so that two of them can share a server.
///
/// Reading is strict: what we would not have written is no mark.
public final class Marks {

    /// @param suspendedSince empty for a login that may be used, or whose suspension has no time yet
    public record LoginMark(PersonId person, Optional<Instant> suspendedSince) {}

    private static final Pattern LOGIN =
            Pattern.compile("person=([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:;suspended=([-0-9T:.Z]{20,30}))?");
    private static final Pattern POLICY = Pattern.compile("(?:policy|guest)=([0-9a-f]{16});(.*)", Pattern.DOTALL);

    /// Raised whenever the policy for everybody else is worded anew: one of an older wording counts as changed.
    public static final String WORDING = "2;";

    private static final String PASS = ";pass=";
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    private final String prefix;

    Marks(String installation) {
        this.prefix = "rolewright:" + installation + ":";
    }

    public String login(PersonId person, Optional<Instant> suspendedSince) {
        return prefix + "person=" + person
                + suspendedSince
                        .map(time -> ";suspended=" + time.truncatedTo(ChronoUnit.MICROS))
                        .orElse("");
    }

    public Optional<LoginMark> readLogin(@Nullable String comment) {
        Matcher mark = LOGIN.matcher(rest(comment));
        if (!mark.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LoginMark(
                    new PersonId(UUID.fromString(mark.group(1))),
                    Optional.ofNullable(mark.group(2)).map(Instant::parse)));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// The mark of a contract role.
    public String role() {
        return prefix + "role";
    }

    public boolean isRole(@Nullable String comment) {
        return role().equals(comment);
    }

    /// The mark of a role of our own.
    public String own() {
        return prefix + "own";
    }

    /// The same on the role that remembers the last pass which changed something here.
    public String own(long pass) {
        return own() + PASS + pass;
    }

    public Optional<Long> readPass(@Nullable String comment) {
        String beginning = own() + PASS;
        return comment != null
                        && comment.startsWith(beginning)
                        && NUMBER.matcher(comment.substring(beginning.length())).matches()
                ? Optional.of(Long.valueOf(comment.substring(beginning.length())))
                : Optional.empty();
    }

    /// How the mark of the policy begins that lets everybody else through; a table that has it was limited by us.
    public String everybodyElse() {
        return prefix + "rows=";
    }

    /// The whole mark.
    ///
    /// @param serverForm what the server made of the policy's condition; when it has another by now, somebody
    /// changed it
    public String everybodyElse(String serverForm) {
        return everybodyElse() + digest(WORDING + serverForm);
    }

    public boolean isEverybodyElse(@Nullable String comment) {
        return comment != null && comment.startsWith(everybodyElse());
    }

    /// How the mark of a contract role's policy begins on a table that we limited.
    public String policy() {
        return prefix + "policy=";
    }

    /// How it begins on a table that somebody else limited: from such a policy alone nobody may conclude that the
    /// table is ours to open to everybody else.
    public String guestPolicy() {
        return prefix + "guest=";
    }

    public boolean isPolicy(@Nullable String comment) {
        return comment != null && (comment.startsWith(policy()) || comment.startsWith(guestPolicy()));
    }

    /// The mark of a contract role's policy: the condition as the contract wrote it.
    ///
    /// @param beginning one of the two above
    /// @param serverForm what the server made of the condition
    public static String policy(String beginning, String written, String serverForm) {
        return beginning + digest(serverForm) + ";" + written;
    }

    /// The condition in the words we wrote, as long as the server still has what it made of them.
    public Optional<String> readPolicy(@Nullable String comment, String serverForm) {
        Matcher mark = POLICY.matcher(rest(comment));
        return mark.matches() && mark.group(1).equals(digest(serverForm))
                ? Optional.of(mark.group(2))
                : Optional.empty();
    }

    /// How every mark begins.
    public String ours() {
        return prefix;
    }

    /// Whether a comment claims to be from this installation, rightly or not.
    public boolean claims(@Nullable String comment) {
        return comment != null && comment.startsWith(prefix);
    }

    private String rest(@Nullable String comment) {
        return comment != null && comment.startsWith(prefix) ? comment.substring(prefix.length()) : "";
    }

    private static String digest(String text) {
        return Sha256.hex(text, 8);
    }
}
