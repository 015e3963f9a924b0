package dev.rolewright.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rolewright.contract.Environment.Power;
import dev.rolewright.contract.Lifecycle.Credentials;
import dev.rolewright.model.RoleKind;
import dev.rolewright.model.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What editors are told of the language is what the reader takes.
class LanguageSchemaTest {

    private static final JsonNode DEFINITIONS = read().path("$defs");

    @ParameterizedTest
    @EnumSource(Shape.class)
    void hasTheSameKeys(Shape shape) {
        JsonNode definition = DEFINITIONS.path(shape.caption());

        assertThat(definition.path("properties").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(shape.keys());
        assertThat(texts(definition.path("required"))).containsExactlyInAnyOrderElementsOf(shape.required());
        assertThat(definition.path("additionalProperties").isBoolean()).isTrue();
        assertThat(definition.path("additionalProperties").booleanValue()).isFalse();
    }

    @Test
    void hasNoOtherParts() {
        assertThat(DEFINITIONS.properties())
                .filteredOn(definition ->
                        !definition.getValue().path("type").asText().equals("string"))
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Shape.values()).map(Shape::caption).toList());
    }

    @Test
    void hasTheSameWords() {
        assertThat(choices("/role/properties/kind")).isEqualTo(Words.spellings(RoleKind.class));
        assertThat(choices("/target/properties/drift")).isEqualTo(Words.spellings(Target.Drift.class));
        assertThat(choices("/target/properties/engine")).isEqualTo(TargetReader.ENGINES);
        assertThat(choices("/lifecycle/properties/credentials")).isEqualTo(Words.spellings(Credentials.class));
        assertThat(choices("/environment/properties/forbid/items")).isEqualTo(Words.spellings(Power.class));
        assertThat(choices("/grant/properties/privileges/items"))
                .containsExactlyInAnyOrderElementsOf(GrantReader.PRIVILEGES.values().stream()
                        .flatMap(Set::stream)
                        .collect(Collectors.toSet()));
    }

    private static List<String> choices(String pointer) {
        return texts(DEFINITIONS.at(pointer).path("enum"));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.textValue()));
        return texts;
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper()
                    .readTree(
                            Files.readString(Path.of("src", "main", "resources", "contract", "contract.schema.json")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
