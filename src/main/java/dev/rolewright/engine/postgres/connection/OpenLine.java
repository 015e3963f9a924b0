package dev.rolewright.engine.postgres.connection;

import dev.rolewright.engine.ThisHost;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.jdbc.SslMode;
import org.postgresql.util.PSQLException;

/// Whether a connection leads to another host and TLS is not asked for, read as the driver reads it.
public final class OpenLine {

    private static final String HOST = "(?:\\[[^/?@\\[\\]]+\\]|[^/?@:,\\[\\]]+)(?::\\d*)?";

    /// What stands before the database in an address: no name, and behind a colon nothing but a port.
    static final String HOSTS = "//" + HOST + "(?:," + HOST + ")*";

    private static final Pattern ADDRESS =
            Pattern.compile("(?s)jdbc:postgresql:(?:" + HOSTS + "(?:[/?].*)?|(?!//)[^@?]*(?:\\?.*)?)");

    // Those of the driver that check certificates. Others decide in its place, and may believe everybody.
    private static final Set<String> STRICT =
            Set.of("org.postgresql.ssl.LibPQFactory", "org.postgresql.ssl.DefaultJavaSSLFactory");

    private OpenLine() {}

    public static boolean is(String url) {
        Optional<Properties> said = said(url);
        if (said.isEmpty() || PGProperty.SOCKET_FACTORY.getOrDefault(said.get()) != null) {
            return false; // nobody connects by it, or by means of which nothing is known here
        }
        try {
            return !SslMode.of(said.get()).requireEncryption()
                    && !Arrays.stream(
                                    PGProperty.PG_HOST.getOrDefault(said.get()).split(",", -1))
                            .allMatch(ThisHost::is);
        } catch (PSQLException unknown) {
            return false; // the driver refuses it in the same words
        }
    }

    /// Whether whoever answers has to prove to be the host that the address names.
    public static boolean isProven(String url) {
        Optional<Properties> said = said(url);
        try {
            return said.isPresent()
                    && SslMode.of(said.get()).verifyPeerName()
                    && Optional.ofNullable(PGProperty.SSL_FACTORY.getOrDefault(said.get()))
                            .map(STRICT::contains)
                            .orElse(true)
                    && PGProperty.SSL_HOSTNAME_VERIFIER.getOrDefault(said.get()) == null;
        } catch (PSQLException unknown) {
            return false;
        }
    }

    /// An address with a name before its host is not for the driver, which would write it to the log with the
    /// password that may stand there.
    private static Optional<Properties> said(String url) {
        return ADDRESS.matcher(url).matches() ? Optional.ofNullable(Driver.parseURL(url, null)) : Optional.empty();
    }
}
