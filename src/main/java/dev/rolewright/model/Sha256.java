package dev.rolewright.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/// What stands for bytes or a text in few bytes, so that nobody finds another one that it stands for too.
public final class Sha256 {

    private static final int BYTES = 32;

    private Sha256() {}

    public static byte[] of(byte[] bytes) {
        return of(Stream.of(bytes));
    }

    /// Of bytes that come one part after the other, as if they came at once.
    public static byte[] of(Stream<byte[]> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            parts.forEachOrdered(digest::update);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    /// Of a text in UTF-8.
    public static byte[] of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public static String hex(String text) {
        return hex(text, BYTES);
    }

    /// @param bytes how many of the first are enough where nobody gains by finding another text
    public static String hex(String text, int bytes) {
        return HexFormat.of().formatHex(of(text), 0, bytes);
    }
}
