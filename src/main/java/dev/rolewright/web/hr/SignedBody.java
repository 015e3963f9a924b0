package dev.rolewright.web.hr;

import dev.rolewright.web.auth.Sender;
import dev.rolewright.web.auth.SignedWords;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

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
            throw cutOff();
        }
        if (bytes.length > largest) {
            throw tooLarge(largest);
        }
        words.doubt(Sender.of(request), request, bytes).ifPresent(this::refuse);
        return bytes;
    }

    /// Behind the guard, so that it is known whose form it is that is wrong.
    static void isOf(ContainerRequestContext request, List<String> types) {
        MediaType type = request.getMediaType();
        if (type == null || types.stream().map(MediaType::valueOf).noneMatch(type::isCompatible)) {
            throw new HrProblem(415, "Content-Type is to be " + String.join(" or ", types) + ".");
        }
    }

    void refuse(String doubt) {
        metrics.counter("door_refusals", "door", "hr", "reason", "not_signed").increment();
        throw new HrProblem(401, doubt);
    }

    static HrProblem cutOff() {
        return HrProblem.invalid("The body ended before it was complete.");
    }

    static HrProblem tooLarge(long largest) {
        return new HrProblem(413, "The body has more than " + largest + " bytes.");
    }
}
