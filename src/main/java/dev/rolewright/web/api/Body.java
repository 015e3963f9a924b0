package dev.rolewright.web.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// The JSON object a request carries, read strictly: a member nobody knows is more likely a typo than a wish.
final class Body {

    private static final int LARGEST = 64 * 1024;

    private static final JsonFactory STRICT = new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(8).build())
            .build();

    private static final ObjectMapper JSON =
            new ObjectMapper(STRICT).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

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
            byte[] bytes = stream.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new ApiProblem(413, "The body has more than " + LARGEST + " bytes.");
            }
            if (JSON.readTree(bytes) instanceof ObjectNode object) {
                return object;
            }
            throw ApiProblem.invalid("The body must be a JSON object.");
        } catch (StreamConstraintsException e) {
            throw ApiProblem.invalid(
                    "The body is not sound JSON for this address: it nests too deep, or a part is too long.");
        } catch (JsonProcessingException e) {
            // Jackson's own words would repeat a piece of the body.
            throw ApiProblem.invalid("The body is not sound JSON, as seen at line "
                    + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + ".");
        } catch (IOException e) {
            throw ApiProblem.invalid("The body ended before it was complete.");
        }
    }
}
