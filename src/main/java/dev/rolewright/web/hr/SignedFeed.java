package dev.rolewright.web.hr;

import dev.rolewright.web.auth.Sender;
import dev.rolewright.web.auth.SignedWords;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/// Reads a body of any size, of which nothing is looked at before all of it is known to be what the sender signed.
@ApplicationScoped
class SignedFeed {

    private static final Logger LOG = Logger.getLogger(SignedFeed.class);
    private static final int AT_ONCE = 64 * 1024;

    private final SignedWords words;
    private final SignedBody small;
    private final FeedLimitsConfig limits;
    private final Path folder;
    private final Semaphore places;

    SignedFeed(SignedWords words, SignedBody small, FeedLimitsConfig limits) {
        this.words = words;
        this.small = small;
        this.limits = limits;
        this.folder = limits.directory().orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
        this.places = new Semaphore(limits.atOnce());
    }

    /// Reads what was spooled.
    interface Reader<T> {

        /// @param digest of the bytes
        T read(InputStream bytes, String digest) throws IOException;
    }

    /// Gives the body to a reader when it is signed.
    <T> T read(ContainerRequestContext request, InputStream body, Reader<T> reader) {
        if (!places.tryAcquire()) {
            throw new HrProblem(429, "Other feeds are being read at this moment; try again soon.");
        }
        try (Spool spool = Spool.open(folder)) {
            String digest = receive(request, body, spool);
            return reader.read(spool.read(), digest);
        } catch (IOException e) {
            LOG.errorf(e, "a feed cannot be kept in %s while it is read", folder);
            throw new HrProblem(503, "A feed cannot be kept here at this moment; the log says why.");
        } finally {
            places.release();
        }
    }

    private String receive(ContainerRequestContext request, InputStream body, Spool spool) throws IOException {
        if (request.getLength() > limits.bodyBytes()) {
            throw SignedBody.tooLarge(limits.bodyBytes());
        }
        SignedWords.Hearing hearing = words.hear(Sender.of(request), request);
        hearing.refusal().ifPresent(small::refuse);
        MessageDigest digest = sha256();
        byte[] some = new byte[AT_ONCE];
        long length = 0;
        for (int read = next(body, some); read >= 0; read = next(body, some)) {
            length += read;
            if (length > limits.bodyBytes()) {
                throw SignedBody.tooLarge(limits.bodyBytes());
            }
            hearing.hear(some, read);
            digest.update(some, 0, read);
            spool.write(some, read);
        }
        hearing.doubt().ifPresent(small::refuse);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static int next(InputStream body, byte[] some) {
        try {
            return body.read(some);
        } catch (IOException e) {
            throw SignedBody.cutOff();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java has SHA-256.", e);
        }
    }
}
