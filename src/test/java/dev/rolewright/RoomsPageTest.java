package dev.rolewright;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Whoever looks for the place to change is sent to every room, and to nothing that is not there.
class RoomsPageTest {

    private static final Path PAGE = Path.of("src/docs/concepts/rooms.md");
    private static final Path HOUSE = Path.of("src/main/java/dev/rolewright");
    private static final Pattern ROOM = Pattern.compile("`([a-z]+)`");
    private static final Pattern TYPE = Pattern.compile("`([a-z.]+\\.[A-Z]\\w+)`");

    @Test
    void everyRoomIsNamedAndNoOther() throws IOException {
        assertThat(named(ROOM).stream().collect(Collectors.toSet())).isEqualTo(HouseRules.MAY_IMPORT.keySet());
    }

    @Test
    void everyTypeThatIsNamedIsThere() throws IOException {
        assertThat(named(TYPE))
                .hasSizeGreaterThan(HouseRules.MAY_IMPORT.size())
                .allSatisfy(type -> assertThat(HOUSE.resolve(type.replace('.', '/') + ".java"))
                        .exists());
    }

    private static List<String> named(Pattern pattern) throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("|") || line.endsWith(":"))
                .flatMap(line -> pattern.matcher(line).results())
                .map((MatchResult it) -> it.group(1))
                .toList();
    }
}
