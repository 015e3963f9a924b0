package dev.rolewright.web.hr;

import dev.rolewright.offboarding.FeedLine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;

/// Reads feeds: bytes to rows, rows to what a sender says.
@ApplicationScoped
class FeedLines {

    static final String CSV = "text/csv";
    static final String JSON_LINES = "application/x-ndjson";

    private final Mappings mappings;
    private final int most;

    FeedLines(Mappings mappings, FeedLimitsConfig limits) {
        this.mappings = mappings;
        this.most = limits.rows();
    }

    Iterator<FeedLine> of(String sender, MediaType type, InputStream bytes) throws IOException {
        String charset = type.getParameters().getOrDefault(MediaType.CHARSET_PARAMETER, "utf-8");
        if (!charset.equalsIgnoreCase(StandardCharsets.UTF_8.name())) {
            throw new HrProblem(415, "A feed is UTF-8.");
        }
        Optional<Mapping> mapping = mappings.of(sender);
        FeedBody body = switch (type.getType() + "/" + type.getSubtype()) {
            case CSV -> new CsvBody(bytes, mapping.isPresent());
            case JSON_LINES -> new JsonLines(bytes);
            default ->
                new JsonArray(
                        bytes,
                        mapping.flatMap(Mapping::rows)
                                .orElseThrow(() -> new HrProblem(
                                        415,
                                        "A feed is " + CSV + " or " + JSON_LINES
                                                + "; JSON of a sender whose mapping.rows says where the rows are.")));
        };
        return new Lines(sender, body, mapping);
    }

    private final class Lines implements Iterator<FeedLine> {

        private final String sender;
        private final FeedBody body;
        private final Optional<Mapping> mapping;
        private int rows;

        Lines(String sender, FeedBody body, Optional<Mapping> mapping) {
            this.sender = sender;
            this.body = body;
            this.mapping = mapping;
        }

        @Override
        public boolean hasNext() {
            return body.hasNext();
        }

        @Override
        public FeedLine next() {
            if (++rows > most) {
                throw new HrProblem(413, "The feed has more than " + most + " rows.");
            }
            return switch (body.next()) {
                case FeedBody.Row.Broken(int number, String problem) -> FeedLine.unreadable(number, problem);
                case FeedBody.Row.Read(int number, var object) -> {
                    try {
                        yield EventBody.read(sender, object, mapping)
                                .map(statement -> FeedLine.says(number, statement))
                                .orElseGet(() -> FeedLine.silent(number));
                    } catch (HrProblem problem) {
                        yield FeedLine.unreadable(number, problem.sentence());
                    }
                }
            };
        }
    }
}
