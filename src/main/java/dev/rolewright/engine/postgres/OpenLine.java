package dev.rolewright.engine.postgres;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.jdbc.SslMode;
import org.postgresql.util.PSQLException;

/// Whether a connection leads to another host and TLS is not asked for, read as the driver reads it.
final class OpenLine {

    private OpenLine() {}

    static boolean is(String url) {
        Properties said = Driver.parseURL(url, null);
        if (said == null || PGProperty.SOCKET_FACTORY.getOrDefault(said) != null) {
            return false; // nobody connects by it, or by means of which nothing is known here
        }
        try {
            return !SslMode.of(said).requireEncryption() && !isHere(PGProperty.PG_HOST.getOrDefault(said));
        } catch (PSQLException unknown) {
            return false; // the driver refuses it in the same words
        }
    }

    /// Whether whoever answers has to prove to be the host that the address names.
    static boolean isProven(String url) {
        Properties said = Driver.parseURL(url, null);
        try {
            return said != null && SslMode.of(said).verifyPeerName();
        } catch (PSQLException unknown) {
            return false;
        }
    }

    private static boolean isHere(String hosts) {
        return Arrays.stream(hosts.split(",", -1)).allMatch(host -> host.equals("localhost") || isLoopback(host));
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.ofLiteral(host.replaceAll("^\\[|]$", "")).isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }
}
