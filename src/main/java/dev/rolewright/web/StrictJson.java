package dev.rolewright.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;

/// Reads small JSON objects strictly: no name twice, nothing behind the end, nothing deep.
public final class StrictJson {

    /// Bytes of a body at most.
    public static final int LARGEST = 64 * 1024;

    private static final JsonFactory STRICT = new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxStringLength(LARGEST)
                    .build())
            .build();

    private static final ObjectMapper JSON =
            new ObjectMapper(STRICT).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private StrictJson() {}

    /// What is wrong with a body, in a sentence that repeats nothing of it.
    public static final class Unsound extends Exception {

        private static final long serialVersionUID = 1L;

        Unsound(String sentence) {
            super(sentence, null, false, false);
        }

        public String sentence() {
            return String.valueOf(getMessage());
        }
    }

    /// For whoever reads something larger, part by part.
    public static JsonParser parser(InputStream bytes) throws IOException {
        return JSON.createParser(bytes);
    }

    public static ObjectNode object(byte[] bytes) throws Unsound {
        try {
            if (JSON.readTree(bytes) instanceof ObjectNode object) {
                return object;
            }
            throw new Unsound("The body must be a JSON object.");
        } catch (StreamConstraintsException e) {
            throw new Unsound("The body is not sound JSON for this address: it nests too deep, or a part is too long.");
        } catch (JsonProcessingException e) {
            // Jackson's own words would repeat a piece of the body.
            throw new Unsound("The body is not sound JSON, as seen at line "
                    + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + ".");
        } catch (IOException e) {
            throw new Unsound("The body ended before it was complete.");
        }
    }
}
