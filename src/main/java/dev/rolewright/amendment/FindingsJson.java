package dev.rolewright.amendment;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rolewright.contract.Finding;
import java.util.List;

/// Findings as they are stored.
final class FindingsJson {

    // A finding may quote what no column of text takes; escaped it can be kept.
    private static final JsonMapper JSON = JsonMapper.builder()
            .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private FindingsJson() {}

    static String write(List<Finding> findings) {
        try {
            return JSON.writeValueAsString(findings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("findings could not be written", e);
        }
    }

    static List<Finding> read(String json) {
        try {
            return JSON.readValue(json, new TypeReference<List<Finding>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored findings are not readable", e);
        }
    }
}
