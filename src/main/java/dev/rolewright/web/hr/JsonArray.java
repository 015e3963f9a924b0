package dev.rolewright.web.hr;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.web.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// A JSON document with the rows in an array: the number of a row is its place there, from 1.
///
/// Behind a place that is no JSON nothing can be read, so such a document is refused as a whole.
final class JsonArray extends FeedBody {

    private static final ObjectMapper TREES = new ObjectMapper();

    private final Rationed parser;
    private final JsonPointer rows;
    private int number;

    JsonArray(InputStream bytes, JsonPointer rows) throws IOException {
        this.rows = rows;
        this.parser = new Rationed(StrictJson.parser(bytes), rows);
        if (token() != JsonToken.START_ARRAY) {
            throw HrProblem.invalid("There is no array at " + rows + ".");
        }
    }

    /// Reads no row that is larger than a row can be.
    private static final class Rationed extends FilteringParserDelegate {

        private static final int MOST = 5_000;
        private int tokens;

        Rationed(JsonParser all, JsonPointer rows) {
            super(all, new JsonPointerBasedFilter(rows), Inclusion.ONLY_INCLUDE_ALL, false);
        }

        void refill() {
            tokens = 0;
        }

        @Override
        public JsonToken nextToken() throws IOException {
            if (++tokens > MOST) {
                throw new StreamConstraintsException("a row is too large");
            }
            return super.nextToken();
        }
    }

    @Override
    @Nullable
    Row read() throws IOException {
        if (token() == JsonToken.END_ARRAY) {
            if (token() != null) {
                throw HrProblem.invalid("There is more than the array at " + rows + ".");
            }
            return null;
        }
        number++;
        parser.refill();
        try {
            JsonNode row = TREES.readTree(parser);
            return row instanceof ObjectNode object
                    ? new Row.Read(number, object)
                    : new Row.Broken(number, "The row is not a JSON object.");
        } catch (JsonProcessingException e) {
            throw unsound();
        }
    }

    private @Nullable JsonToken token() throws IOException {
        try {
            return parser.nextToken();
        } catch (JsonProcessingException e) {
            throw unsound();
        }
    }

    private HrProblem unsound() {
        return HrProblem.invalid("The body is not sound JSON behind row " + number + " of " + rows + ".");
    }
}
