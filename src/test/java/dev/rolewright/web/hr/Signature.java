package dev.rolewright.web.hr;

import dev.rolewright.credential.Hmac;
import dev.rolewright.credential.Secret;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// What an HR system that shares a key with us says in `Rolewright-Signature`.
public final class Signature {

    private Signature() {}

    /// @param time as `Rolewright-Timestamp` says it
    public static String of(String key, long time, byte[] body) {
        Hmac.Running running = new Hmac.Running(Secret.of(key));
        byte[] before = (time + ".").getBytes(StandardCharsets.US_ASCII);
        running.add(before, before.length);
        running.add(body, body.length);
        return "sha256=" + HexFormat.of().formatHex(running.end().bytes());
    }
}
