package dev.rolewright.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.model.Ruling;
import dev.rolewright.web.StrictJson;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// The JSON object a request carries, read strictly: a member nobody knows is more likely a typo than a wish.
final class Body {

    private final ObjectNode object;

    private Body(ObjectNode object) {
        this.object = object;
    }

    /// Reads an object that has no other members than these.
    static Body read(InputStream stream, List<String> members) {
        Body body = new Body(object(stream));
        for (Iterator<String> names = body.object.fieldNames(); names.hasNext(); ) {
            if (!members.contains(names.next())) {
                throw ApiProblem.invalid("The body may have these members only: " + String.join(", ", members) + ".");
            }
        }
        return body;
    }

    /// Reads what somebody decides.
    static Ruling ruling(InputStream stream) {
        Body body = read(stream, List.of("digest", "reason"));
        try {
            return new Ruling(body.required("digest"), body.required("reason"));
        } catch (IllegalArgumentException e) {
            throw ApiProblem.invalid(String.valueOf(e.getMessage()));
        }
    }

    /// For an address that takes parameters alone: whoever sends a body wants something that would not be done.
    static void refuse(ContainerRequestContext request) {
        if (request.getLength() > 0 || request.getHeaderString("Transfer-Encoding") != null) {
            throw ApiProblem.invalid("This address takes no body; what it takes are parameters of the query.");
        }
    }

    String required(String name) {
        return optional(name).orElseThrow(() -> ApiProblem.invalid("The body needs the member " + name + "."));
    }

    /// The text of a member; null counts as absent.
    Optional<String> optional(String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw ApiProblem.invalid("The member " + name + " must be a string.");
        }
        return Optional.of(value.textValue());
    }

    private static ObjectNode object(InputStream stream) {
        try {
            byte[] bytes = stream.readNBytes(StrictJson.LARGEST + 1);
            if (bytes.length > StrictJson.LARGEST) {
                throw new ApiProblem(413, "The body has more than " + StrictJson.LARGEST + " bytes.");
            }
            return StrictJson.object(bytes);
        } catch (StrictJson.Unsound unsound) {
            throw ApiProblem.invalid(unsound.sentence());
        } catch (IOException e) {
            throw ApiProblem.invalid("The body ended before it was complete.");
        }
    }
}
