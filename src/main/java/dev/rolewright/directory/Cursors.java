package dev.rolewright.directory;

import dev.rolewright.model.Sha256;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.filter.FilterPrinter;
import dev.rolewright.scim.schema.ResourceType;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The tokens of cursor paging (RFC 9865): sealed, so that nobody reads or makes one, and bound to their
/// search, so that none opens another.
///
/// A token carries all there is to know about a page's end; nothing is kept on the server. The key lies in the store,
/// where every replica finds it and a restart does not lose it.
@ApplicationScoped
class Cursors {

    private static final String PURPOSE = "page-cursor";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int DIGEST_BYTES = 16;

    private final DirectoryStore store;
    private final Duration lifetime;
    private final SecureRandom random = new SecureRandom();
    private volatile @Nullable SecretKeySpec key;

    Cursors(DirectoryStore store, DirectoryConfig config) {
        this.store = store;
        this.lifetime = config.cursorLifetime();
    }

    /// What a token says.
    ///
    /// @param total how many resources matched when the search began; -1 when that is counted anew for each page
    record Cursor(int count, long total, Position position) {}

    String seal(int sourceId, Query query, Cursor cursor) {
        Position position = cursor.position();
        byte[] sortKey = position.key() == null ? new byte[0] : position.key().getBytes(StandardCharsets.UTF_8);
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] plain = ByteBuffer.allocate(DIGEST_BYTES + 8 + 4 + 8 + 16 + 1 + sortKey.length)
                .put(digest(sourceId, query))
                .putLong(Clock.systemUTC().instant().plus(lifetime).toEpochMilli())
                .putInt(cursor.count())
                .putLong(cursor.total())
                .putLong(position.id().getMostSignificantBits())
                .putLong(position.id().getLeastSignificantBits())
                .put((byte) (position.key() == null ? 0 : 1))
                .put(sortKey)
                .array();
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, plain);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(nonce.length + sealed.length)
                        .put(nonce)
                        .put(sealed)
                        .array());
    }

    /// Reads the token with which a search is continued.
    Cursor open(int sourceId, Query query, String token) {
        ByteBuffer plain = ByteBuffer.wrap(unseal(token));
        byte[] digest = new byte[DIGEST_BYTES];
        try {
            plain.get(digest);
            if (!MessageDigest.isEqual(digest, digest(sourceId, query))) {
                throw invalid("it belongs to another search; only the cursor may differ from one page to the next");
            }
            if (Clock.systemUTC().instant().isAfter(Instant.ofEpochMilli(plain.getLong()))) {
                throw ScimProblem.of(
                        ScimProblem.Type.expiredCursor,
                        "cursor: it has expired; begin the search again and do not wait so long between its pages");
            }
            int count = plain.getInt();
            if (count != query.paging().count()) {
                throw ScimProblem.of(
                        ScimProblem.Type.invalidCount, "count: must be the same on every page of a search");
            }
            long total = plain.getLong();
            UUID id = new UUID(plain.getLong(), plain.getLong());
            String sortKey = null;
            if (plain.get() == 1) {
                sortKey = StandardCharsets.UTF_8.decode(plain).toString();
            }
            return new Cursor(count, total, new Position(sortKey, id));
        } catch (BufferUnderflowException e) {
            throw invalid("it is none of ours");
        }
    }

    private byte[] unseal(String token) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            throw invalid("it is none of ours");
        }
        if (bytes.length <= NONCE_BYTES) {
            throw invalid("it is none of ours");
        }
        return crypt(
                Cipher.DECRYPT_MODE,
                Arrays.copyOf(bytes, NONCE_BYTES),
                Arrays.copyOfRange(bytes, NONCE_BYTES, bytes.length));
    }

    private byte[] crypt(int mode, byte[] nonce, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key(), new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            if (mode == Cipher.DECRYPT_MODE) {
                throw invalid("it is none of ours");
            }
            throw new IllegalStateException("a cursor could not be sealed", e);
        }
    }

    private SecretKeySpec key() {
        SecretKeySpec known = key;
        if (known == null) {
            byte[] fresh = new byte[KEY_BYTES];
            random.nextBytes(fresh);
            store.run(Sql.of(
                    "INSERT INTO application_key (purpose, secret) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    PURPOSE,
                    fresh));
            known = store.first(
                            Sql.of("SELECT secret FROM application_key WHERE purpose = ?", PURPOSE),
                            row -> new SecretKeySpec(row.getBytes(1), "AES"))
                    .orElseThrow();
            key = known;
        }
        return known;
    }

    /// What has to stay the same from page to page.
    private static byte[] digest(int sourceId, Query query) {
        StringBuilder text = new StringBuilder().append(sourceId);
        for (ResourceType type : query.types()) {
            text.append('\n').append(type.name());
        }
        text.append("\nfilter ").append(query.filter() == null ? "" : FilterPrinter.print(query.filter()));
        Sort sort = query.sort();
        text.append("\nsort ").append(sort == null ? "" : sort.path() + (sort.descending() ? " down" : " up"));
        return Arrays.copyOf(Sha256.of(text.toString()), DIGEST_BYTES);
    }

    private static ScimProblem invalid(String reason) {
        return ScimProblem.of(ScimProblem.Type.invalidCursor, "cursor: " + reason);
    }
}
