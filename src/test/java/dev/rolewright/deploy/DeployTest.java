package dev.rolewright.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The files of an installation obey their laws; and each law, shown files that break it, says how.
class DeployTest {

    private static final Path BREACHES = Path.of("src/test/resources/deploy/breaches.txt");

    /// A change of a file, and what is said of it.
    record Breach(String file, String before, String after, String accusation) {

        static Breach of(String file, String... columns) {
            assertThat(columns).hasSize(3);
            return new Breach(
                    file,
                    columns[0].strip().translateEscapes(),
                    columns[1].strip().translateEscapes(),
                    columns[2].strip());
        }

        DeployFiles in(DeployFiles files) {
            return files.with(file, text -> {
                assertThat(text).contains(before);
                return text.replace(before, after);
            });
        }

        @Override
        public String toString() {
            return accusation;
        }
    }

    static Stream<Law> laws() throws IOException {
        return Stream.of(
                        ImageLaws.ALL,
                        ComposeLaws.ALL,
                        KubernetesLaws.ALL,
                        PodLaws.ALL,
                        WatchLaws.ALL,
                        AlertLaws.all(),
                        KeyLaws.all(KnownKeys.read()))
                .flatMap(Collection::stream);
    }

    static List<Breach> breaches() throws IOException {
        List<Breach> breaches = new ArrayList<>();
        String file = "";
        for (String line : Files.readAllLines(BREACHES)) {
            if (line.startsWith("== ")) {
                file = line.substring(3);
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                breaches.add(Breach.of(file, line.split("\\|", -1)));
            }
        }
        return breaches;
    }

    @ParameterizedTest
    @MethodSource("laws")
    void holds(Law law) throws IOException {
        assertThat(law.brokenBy(DeployFiles.read())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("breaches")
    void isSeenToBeBroken(Breach breach) throws IOException {
        assertThat(laws().flatMap(law -> law.brokenBy(spoiled(breach)).stream()))
                .anySatisfy(accusation -> assertThat(accusation).contains(breach.accusation()));
    }

    @Test
    void everyLawIsSeenToAccuse() throws IOException {
        List<DeployFiles> spoiled = breaches().stream().map(DeployTest::spoiled).toList();

        assertThat(laws())
                .allSatisfy(law -> assertThat(spoiled)
                        .anySatisfy(files -> assertThat(law.brokenBy(files)).isNotEmpty()));
    }

    @Test
    void thePageNamesOnlyKeysThatThePlatformHas() throws IOException {
        assertThat(KnownKeys.onThePage()).isSubsetOf(KnownKeys.read().keys());
    }

    private static DeployFiles spoiled(Breach breach) {
        try {
            return breach.in(DeployFiles.read());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
