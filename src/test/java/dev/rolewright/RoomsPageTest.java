package dev.rolewright;

import static java.util.stream.Collectors.flatMapping;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"reconcile", "engine.postgres"})
    void everyPackageOfALargeRoomIsNamedInItsOrder(String room) throws IOException {
        List<String> order = named(TYPE, table(room)).stream()
                .map(type -> "dev.rolewright." + type.substring(0, type.lastIndexOf('.')))
                .distinct()
                .toList();

        Map<String, Set<String>> imported = imported("dev.rolewright." + room);

        assertThat(order).containsExactlyInAnyOrderElementsOf(imported.keySet());
        assertThat(imported)
                .allSatisfy((from, others) -> assertThat(order.subList(0, order.indexOf(from)))
                        .as("what stands above %s", from)
                        .containsAll(others));
    }

    /// What each package of a room imports of the room.
    private static Map<String, Set<String>> imported(String room) {
        return new ClassFileImporter()
                .importPath("target/classes/" + room.replace('.', '/')).stream()
                        .filter(type -> !type.getSimpleName().equals("package-info"))
                        .collect(groupingBy(
                                JavaClass::getPackageName, flatMapping(type -> others(type, room), toSet())));
    }

    private static Stream<String> others(JavaClass type, String room) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(dependency ->
                        dependency.getTargetClass().getBaseComponentType().getPackageName())
                .filter(other -> other.startsWith(room) && !other.equals(type.getPackageName()));
    }

    /// The rows below the line that ends with the room and a colon.
    private static List<String> table(String room) throws IOException {
        return Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.endsWith("`" + room + "`:"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }

    private static List<String> named(Pattern pattern) throws IOException {
        return named(pattern, Files.readAllLines(PAGE));
    }

    private static List<String> named(Pattern pattern, List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("|") || line.endsWith(":"))
                .flatMap(line -> pattern.matcher(line).results())
                .map((MatchResult it) -> it.group(1))
                .toList();
    }
}
