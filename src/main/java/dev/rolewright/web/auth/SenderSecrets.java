package dev.rolewright.web.auth;

import dev.rolewright.credential.PresetSecret;
import dev.rolewright.credential.Secret;
import dev.rolewright.model.Danger;
import dev.rolewright.web.auth.SendersConfig.SenderConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/// The tokens that HR systems show and the keys with which they sign, from the configuration. Files are read anew each
/// time, so that a secret is changed without a restart.
@ApplicationScoped
class SenderSecrets implements Danger.Witness {

    private static final Logger LOG = Logger.getLogger(SenderSecrets.class);
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    private final Map<String, SenderConfig> senders;

    SenderSecrets(SendersConfig config) {
        this.senders = config.byName();
        senders.forEach(SenderSecrets::check);
    }

    void check(@Observes StartupEvent starting) {
        dangers(); // reads every secret; one that anybody can try stops the start
    }

    @Override
    public List<Danger> dangers() {
        List<Danger> dangers = new ArrayList<>();
        senders.forEach((name, config) -> {
            if (!isSigning(config)) {
                dangers.add(new Danger(
                        "HR system " + name
                                + " does not sign what it says: whoever gets hold of its token can shut people"
                                + " out, or let leavers in again.",
                        setting(name) + ".key-file names a file with the key that it is to sign with"
                                + " (src/docs/how-to/connect-an-hr-system.md)."));
            }
            dangers.addAll(weak(setting(name) + ".token", config.token(), config.tokenFile()));
            dangers.addAll(weak(setting(name) + ".key", config.key(), config.keyFile()));
        });
        return dangers;
    }

    boolean isEmpty() {
        return senders.isEmpty();
    }

    /// Whose token this is. Every token of every sender is compared, so that the time tells nothing.
    Optional<String> owner(Secret shown) {
        List<String> owners = new ArrayList<>();
        senders.forEach((name, config) -> {
            for (Secret token : secrets(setting(name) + ".token", config.token(), config.tokenFile())) {
                if (token.matches(shown)) {
                    owners.add(name);
                }
            }
        });
        return owners.stream().findFirst();
    }

    boolean isSigning(String sender) {
        return isSigning(config(sender));
    }

    List<Secret> keys(String sender) {
        SenderConfig config = config(sender);
        return secrets(setting(sender) + ".key", config.key(), config.keyFile());
    }

    private SenderConfig config(String sender) {
        return Optional.ofNullable(senders.get(sender))
                .orElseThrow(() -> new IllegalArgumentException("Nobody configured the HR system " + sender + "."));
    }

    private static void check(String name, SenderConfig config) {
        String setting = setting(name);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(setting + " names no HR system: a name has 1 to 63 lower-case letters,"
                    + " digits and hyphens, and begins with a letter");
        }
        if (config.token().isPresent() == config.tokenFile().isPresent()) {
            throw new IllegalArgumentException("one of " + setting + ".token and .token-file is needed");
        }
        if (config.key().isPresent() && config.keyFile().isPresent()) {
            throw new IllegalArgumentException("of " + setting + ".key and .key-file only one can be meant");
        }
    }

    private static List<Danger> weak(String setting, Optional<String> text, Optional<Path> file) {
        return secrets(setting, text, file).stream()
                .flatMap(secret -> PresetSecret.weakness(setting, secret).stream())
                .distinct()
                .toList();
    }

    private static List<Secret> secrets(String setting, Optional<String> text, Optional<Path> file) {
        Stream<String> lines = file.map(SenderSecrets::lines).orElseGet(() -> text.stream());
        return lines.flatMap(line -> PresetSecret.read(setting, Optional.of(line)).stream())
                .toList();
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException unreadable) {
            LOG.errorf("The file %s cannot be read, so whoever shows or signs with what is in it is refused", file);
            return Stream.empty();
        }
    }

    private static boolean isSigning(SenderConfig config) {
        return config.keyFile().isPresent()
                || config.key().filter(key -> !key.isBlank()).isPresent();
    }

    private static String setting(String name) {
        return "rolewright.hr.sender." + name;
    }
}
