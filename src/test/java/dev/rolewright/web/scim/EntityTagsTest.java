package dev.rolewright.web.scim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagsTest {

    @Test
    void readsBackWhatItWrites() {
        assertThat(EntityTags.parse(List.of(EntityTags.of(17))).orElseThrow().versions())
                .containsExactly(17L);
        assertThat(EntityTags.of(3)).isEqualTo("W/\"3\"");
    }

    @Test
    void tellsAbsentFromEmpty() {
        assertThat(EntityTags.parse(null)).isEmpty();
        assertThat(EntityTags.parse(List.of())).isEmpty();
        assertThat(EntityTags.parse(List.of("")).orElseThrow().match(1)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "5"                    | 5
            W/"5"                  | 5
            w/"5"                  | 5
            5                      | 5
            W/5                    | 5
            W/"4", W/"5","6"       | 4,5,6
            `W/"4" ,  "x,y", "5" ` | 4,5,-1
            "4" "5"                | 4,5
            """)
    void readsListsOfTags(String line, String versions) {
        assertThat(EntityTags.parse(List.of(line)).orElseThrow().versions())
                .isEqualTo(Set.of(versions.split(",")).stream()
                        .map(Long::valueOf)
                        .collect(java.util.stream.Collectors.toSet()));
    }

    @Test
    void readsRepeatedHeaders() {
        assertThat(EntityTags.parse(List.of("W/\"1\"", "W/\"2\"")).orElseThrow().versions())
                .containsExactlyInAnyOrder(1L, 2L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", " * "})
    void takesAStarForAnyVersion(String line) {
        assertThat(EntityTags.parse(List.of(line)).orElseThrow().match(99)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"abc\"", "\"", "W/", "\"05\"", "\"-1\"", "\"1234567890123456789012\"", ",,", "\"٣\""})
    void neverMatchesATagThatIsNotOurs(String line) {
        EntityTags tags = EntityTags.parse(List.of(line)).orElseThrow();

        assertThat(tags.match(1)).isFalse();
        assertThat(tags.match(3)).isFalse();
        assertThat(tags.match(5)).isFalse();
    }
}
