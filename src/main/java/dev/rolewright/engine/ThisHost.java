package dev.rolewright.engine;

import java.net.InetAddress;

/// Tells the machine that we run on from every other one, without asking anybody for a name.
public final class ThisHost {

    private ThisHost() {}

    /// Whether a host is `localhost` or an address of the loopback; an IPv6 address may stand in brackets.
    public static boolean is(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host.replaceAll("^\\[|]$", "")).isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }
}
