package dev.rolewright.web.scim;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/// Writes JSON as bytes.
///
/// Trees are walked here rather than by a mapper, which prepares a serializer for every single value. Buffers come from
/// one pool: kept per thread, as is the default, every request on its own virtual thread would make new ones.
final class Json {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private Json() {}

    /// Something that writes one JSON value.
    interface Writer {
        void write(JsonGenerator json) throws IOException;
    }

    static byte[] bytes(JsonNode tree) {
        return bytes(512, json -> write(json, tree));
    }

    /// @param size about how many bytes it will be
    static byte[] bytes(int size, Writer writer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(size);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            writer.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /// Writes one JSON value to a client as it comes. When it breaks off in the middle it stays
    /// unfinished, so that nobody takes half an answer for a whole one.
    static void stream(OutputStream out, Writer writer) throws IOException {
        JsonGenerator json = FACTORY.createGenerator(out);
        writer.write(json);
        json.flush();
        json.close();
    }

    static void write(JsonGenerator json, JsonNode tree) throws IOException {
        switch (tree.getNodeType()) {
            case OBJECT -> {
                json.writeStartObject();
                members(json, tree);
                json.writeEndObject();
            }
            case ARRAY -> {
                json.writeStartArray();
                for (JsonNode element : tree) {
                    write(json, element);
                }
                json.writeEndArray();
            }
            case STRING -> json.writeString(tree.textValue());
            case BOOLEAN -> json.writeBoolean(tree.booleanValue());
            case NUMBER -> number(json, tree);
            case NULL, MISSING -> json.writeNull();
            case BINARY, POJO -> throw new IllegalStateException("no tree of ours holds " + tree.getNodeType());
        }
    }

    /// Writes the members of an object into the one that is open.
    static void members(JsonGenerator json, JsonNode object) throws IOException {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            json.writeFieldName(member.getKey());
            write(json, member.getValue());
        }
    }

    private static void number(JsonGenerator json, JsonNode number) throws IOException {
        switch (number.numberType()) {
            case INT -> json.writeNumber(number.intValue());
            case LONG -> json.writeNumber(number.longValue());
            case BIG_INTEGER -> json.writeNumber(number.bigIntegerValue());
            case FLOAT, DOUBLE, BIG_DECIMAL -> json.writeNumber(number.decimalValue());
        }
    }
}
