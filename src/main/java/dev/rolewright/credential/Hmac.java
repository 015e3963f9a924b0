package dev.rolewright.credential;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The HMAC-SHA-256 (RFC 2104) by which somebody who shares a key with us signs what they say.
///
/// @param bytes 32 of them
public record Hmac(byte[] bytes) {

    public Hmac {
        bytes = bytes.clone();
    }

    /// One over bytes that come bit by bit.
    public static final class Running {

        private final Mac mac;

        public Running(Secret key) {
            try {
                mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key.bytes(), "HmacSHA256"));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
            }
        }

        /// @param length how many of the bytes, from the first
        public void add(byte[] bytes, int length) {
            mac.update(bytes, 0, length);
        }

        public Hmac end() {
            return new Hmac(mac.doFinal());
        }
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    /// Compares in a time that does not depend on where the two differ.
    @Override
    public boolean equals(Object other) {
        return other instanceof Hmac hmac && MessageDigest.isEqual(bytes, hmac.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "***";
    }
}
