package dev.rolewright.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the pages tell to type fits the files that they are about. Typing it needs Docker and a cluster.
class InstallPageTest {

    private static final List<Path> PAGES = Stream.of("install", "upgrade", "restore-the-store")
            .map(page -> Path.of("src/docs/how-to/" + page + ".md"))
            .toList();

    private static Set<String> found(String pattern) throws IOException {
        Set<String> found = new HashSet<>();
        for (Path page : PAGES) {
            Pattern.compile(pattern).matcher(Files.readString(page)).results().forEach(it -> found.add(it.group(1)));
        }
        assertThat(found).isNotEmpty();
        return found;
    }

    @Test
    void namesObjectsThatAreMade() throws IOException {
        assertThat(found("(?<!/)\\b((?:job|deployment)[/ ]rolewright[a-z-]*)").stream()
                        .map(it -> it.replace(' ', '/')))
                .isSubsetOf(DeployFiles.read()
                        .objects()
                        .map(it -> (it.path("kind").asText() + "/"
                                        + it.at("/metadata/name").asText())
                                .toLowerCase(Locale.ROOT))
                        .toList());
        assertThat(found("-n (\\S+)")).containsExactly("rolewright");
    }

    @Test
    void makesTheSecretsThatAreMounted() throws IOException {
        DeployFiles files = DeployFiles.read();
        KnownKeys known = KnownKeys.read();

        assertThat(found("secret generic (\\S+)"))
                .containsExactlyInAnyOrderElementsOf(files.objects("Deployment")
                        .flatMap(it -> Elements.of(it.at("/spec/template/spec/volumes")))
                        .filter(volume -> volume.has("secret"))
                        .map(volume -> volume.at("/secret/secretName").asText())
                        .toList());
        assertThat(found("--from-file=([^=\\s]+)"))
                .allMatch(file -> known.hasKey(file)
                        || files.text("kubernetes/configuration.yaml").contains("/run/secrets/targets/" + file + "\n"));
    }

    @Test
    void namesFilesAndVariablesThatAreThere() throws IOException {
        KnownKeys known = KnownKeys.read();

        assertThat(found("(?:-f|-k) (deploy[^\\s`]*)")).allMatch(path -> Files.exists(Path.of(path)));
        assertThat(found("`((?:QUARKUS|ROLEWRIGHT)_[A-Z_]+)=")).allMatch(known::hasVariable);
        assertThat(Stream.concat(
                        found("cat /run/secrets/rolewright/(\\S+)").stream(),
                        found("`((?:quarkus|rolewright)\\.[a-z.-]+)`").stream()))
                .allMatch(known::hasKey);
    }
}
