package dev.rolewright.web.hr;

import dev.rolewright.web.auth.Sender;
import dev.rolewright.web.auth.SignedWords;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Reads what an HR system sent, byte by byte as it was signed.
@ApplicationScoped
class SignedBody {

    private final SignedWords words;
    private final MeterRegistry metrics;

    SignedBody(SignedWords words, MeterRegistry metrics) {
        this.words = words;
        this.metrics = metrics;
    }

    /// @param largest bytes; nothing is read of a body that says it has more, and not much of one that does not
    /// say so
    byte[] read(ContainerRequestContext request, InputStream stream, int largest) {
        if (request.getLength() > largest) {
            throw tooLarge(largest);
        }
        byte[] bytes;
        try {
            bytes = stream.readNBytes(largest + 1);
        } catch (IOException e) {
            throw HrProblem.invalid("The body ended before it was complete.");
        }
        if (bytes.length > largest) {
            throw tooLarge(largest);
        }
        Optional<String> doubt = words.doubt(Sender.of(request), request, bytes);
        if (doubt.isPresent()) {
            metrics.counter("door_refusals", "door", "hr", "reason", "not_signed")
                    .increment();
            throw new HrProblem(401, doubt.get());
        }
        return bytes;
    }

    private static HrProblem tooLarge(int largest) {
        return new HrProblem(413, "The body has more than " + largest + " bytes.");
    }
}
