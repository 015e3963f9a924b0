package dev.rolewright.reconcile;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.rolewright.plan.Line;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.PlanJson;
import dev.rolewright.plan.Step;
import java.util.List;

/// What this room keeps as JSON, written and read back in one way. How the doors write JSON has no say in it: what is
/// kept outlives them.
final class JsonColumn {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private JsonColumn() {}

    static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("values of ours can always be written", impossible);
        }
    }

    static <T> T read(String text, TypeReference<T> type) {
        try {
            return MAPPER.readValue(text, type);
        } catch (JsonProcessingException broken) {
            throw unreadable(broken);
        }
    }

    static <T> T read(String text, Class<T> type) {
        try {
            return MAPPER.readValue(text, type);
        } catch (JsonProcessingException broken) {
            throw unreadable(broken);
        }
    }

    static Plan plan(String text) {
        try {
            return PlanJson.read(text);
        } catch (IllegalArgumentException broken) {
            throw unreadable(broken);
        }
    }

    /// Of a plan.
    static List<Line> lines(String text) {
        try {
            return PlanJson.readLines(text);
        } catch (IllegalArgumentException broken) {
            throw unreadable(broken);
        }
    }

    static Step step(String text) {
        try {
            return PlanJson.readStep(text);
        } catch (IllegalArgumentException broken) {
            throw unreadable(broken);
        }
    }

    private static IllegalStateException unreadable(Exception broken) {
        return new IllegalStateException("what the store keeps cannot be read", broken);
    }
}
