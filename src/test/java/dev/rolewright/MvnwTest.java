package dev.rolewright;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `mvnw` on made-up machines: every place a JDK may be, and every way to come by Maven.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "mvnw is a POSIX script")
class MvnwTest {

    @TempDir
    Path root;

    private MadeUpMachine machine;

    @BeforeEach
    void setUp() throws IOException {
        machine = new MadeUpMachine(root.toRealPath());
    }

    @Test
    void prefersJavaHome() throws Exception {
        Path own = machine.jdk("own/jdk-25", "25");
        machine.onPath(machine.jdk("system/jdk-26", "26"));
        machine.javaHome(own);
        machine.mvn("3.9.9");

        assertThat(machine.mvnw("verify").out()).isEqualTo("maven 3.9.9 on " + own + ": verify");
    }

    @Test
    void takesTheJavaOnThePathWhenJavaHomeIsTooOld() throws Exception {
        machine.javaHome(machine.jdk("own/jdk-17", "17"));
        Path onPath = machine.jdk("system/jdk-26", "26");
        machine.onPath(onPath);
        machine.mvn("3.9.9");

        assertThat(machine.mvnw("verify").out()).isEqualTo("maven 3.9.9 on " + onPath + ": verify");
    }

    @Test
    void followsTheLinkOnThePathToTheNeighboursOfThatJdk() throws Exception {
        machine.onPath(machine.jdk("strange/place/jdk-8/jre", "1.8"));
        Path neighbour = machine.jdk("strange/place/jdk-25", "25");
        machine.mvn("3.9.9");

        assertThat(machine.mvnw("verify").out()).contains("on " + neighbour + ":");
    }

    @Test
    void looksNextToAJavaHomeThatIsGone() throws Exception {
        machine.javaHome(machine.path("jdks/jdk-21-removed"));
        Path neighbour = machine.jdk("jdks/jdk-25", "25.0.1");
        machine.mvn("3.9.9");

        assertThat(machine.mvnw("verify").out()).contains("on " + neighbour + ":");
    }

    @Test
    void looksNextToWhatALinkedJavaHomePointsAt() throws Exception {
        Path linked = machine.path("links/current");
        Files.createDirectories(linked.getParent());
        Files.createSymbolicLink(linked, machine.jdk("jdks/jdk-21", "21"));
        machine.javaHome(linked);
        Path neighbour = machine.jdk("jdks/jdk-25", "25");
        machine.mvn("3.9.9");

        assertThat(machine.mvnw("verify").out()).contains("on " + neighbour + ":");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "home/.sdkman/candidates/java/25.0.1-tem",
                "home/.jdks/temurin-25",
                "home/.gradle/jdks/eclipse_adoptium-25",
                "home/.asdf/installs/java/temurin-25",
                "home/.local/share/mise/installs/java/25",
                "home/Library/Java/JavaVirtualMachines/temurin 25/Contents/Home",
                "Library/Java/JavaVirtualMachines/temurin-25.jdk/Contents/Home",
                "opt/homebrew/opt/openjdk@25",
                "usr/lib/jvm/temurin-25-jdk-amd64"
            })
    void looksInTheUsualPlaces(String place) throws Exception {
        machine.jdk(Path.of(place).resolveSibling("11-old").toString(), "11");
        Path jdk = machine.jdk(place, "25");
        machine.mvn("3.9.9");

        assertThat(machine.mvnw("verify").out()).contains("on " + jdk + ":");
    }

    @Test
    void saysWhatIsMissingWhenNoJdkIsNewEnough() throws Exception {
        machine.javaHome(machine.jdk("own/jdk-17", "17"));
        machine.onPath(machine.jdk("system/jdk-21", "21"));
        machine.mvn("3.9.9");

        var run = machine.mvnw("verify");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualTo("mvnw: no JDK 25 or newer in JAVA_HOME (" + machine.path("own/jdk-17")
                        + "), on the PATH, next to either, or in the usual places. "
                        + "Install one, or point JAVA_HOME at it.");
    }

    @Test
    void doesNotTakeARuntimeWithoutCompiler() throws Exception {
        Files.delete(machine.jdk("usr/lib/jvm/jre-25", "25").resolve("bin/javac"));
        machine.mvn("3.9.9");

        assertThat(machine.mvnw("verify").err()).startsWith("mvnw: no JDK 25 or newer in JAVA_HOME (not set)");
    }

    @Test
    void handsItsArgumentsOverUntouched() throws Exception {
        machine.anyJdk();
        machine.mvn("3.9.9");

        assertThat(machine.mvnw("-Dtest=A B", "", "*").out()).endsWith(": -Dtest=A B||*");
    }

    @Test
    void endsAsMavenEnds() throws Exception {
        machine.anyJdk();
        machine.mvn("3.9.9");

        assertThat(machine.mvnw("fail").status()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "3.8.6, 3.8.6",
        "3.8.10, 3.8.10",
        "3.10.0, 3.10.0",
        "4.0.0-rc-5, 4.0.0-rc-5",
        "3.8.5, pinned",
        "3.6.3, pinned",
        "2.9.9, pinned",
        "nonsense, pinned"
    })
    void usesTheMavenOnThePathOnlyWhenItIsNewEnough(String onPath, String used) throws Exception {
        machine.anyJdk();
        machine.mvn(onPath);
        machine.mvnCanFetch();

        assertThat(machine.mvnw("verify").out()).startsWith("maven " + used + " on ");
    }

    @Test
    void keepsTheFetchedMavenForTheNextRun() throws Exception {
        machine.anyJdk();
        machine.mvn("3.6.3");
        machine.mvnCanFetch();

        assertThat(machine.mvnw("verify").err()).startsWith("mvnw: fetching Maven 3.9.11 into ");
        machine.nothingCanBeFetched();
        var second = machine.mvnw("verify");

        assertThat(second.out()).startsWith("maven pinned on ");
        assertThat(second.err()).isEmpty();
        assertThat(machine.fetched()).containsExactly("apache-maven-3.9.11");
    }

    @Test
    void fetchesFromTheArchiveWhenTheOldMavenCannot() throws Exception {
        machine.anyJdk();
        machine.mvn("3.6.3");
        machine.curl();

        var run = machine.mvnw("verify");

        assertThat(run.out()).startsWith("maven pinned on ");
        assertThat(run.err()).contains("could not fetch it; trying " + machine.archive());
    }

    @Test
    void fetchesFromTheArchiveWithoutAnyMaven() throws Exception {
        machine.anyJdk();
        machine.curl();

        assertThat(machine.mvnw("verify").out()).startsWith("maven pinned on ");
    }

    @Test
    void fetchesWithTheJdkWhenThereIsNoCurl() throws Exception {
        machine.anyJdk();

        assertThat(machine.mvnw("verify").out()).startsWith("maven pinned on ");
    }

    @Test
    void saysSoWhenNothingCanBeFetched() throws Exception {
        machine.anyJdk();
        machine.curl();
        machine.nothingCanBeFetched();

        var run = machine.mvnw("verify");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .endsWith("mvnw: no Maven 3.8.6 or newer on the PATH, and " + machine.archive()
                        + " cannot be fetched. Install Maven, or mend the network.");
        assertThat(machine.fetched()).isEmpty();
    }

    @Test
    void saysSoInOneLineWhenTheJdkCannotFetchEither() throws Exception {
        machine.anyJdk();
        machine.nothingCanBeFetched();

        var run = machine.mvnw("verify");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().lines()).hasSize(3).allMatch(line -> line.startsWith("mvnw: "));
    }

    @Test
    void keepsNothingThatIsNotThePinnedMaven() throws Exception {
        machine.anyJdk();
        machine.curl();
        machine.archiveIsTamperedWith();

        var run = machine.mvnw("verify");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("mvnw: the SHA-512 of ")
                .endsWith("mvnw: what was fetched is not Maven 3.9.11; nothing of it was kept.");
        assertThat(machine.fetched()).isEmpty();
    }

    @Test
    void namesTheArchiveOfApacheAndNoRegistry() throws Exception {
        assertThat(Files.readString(Path.of("mvnw")))
                .containsOnlyOnce("https://")
                .contains("\nmaven_archive=https://archive.apache.org/dist/maven/maven-3/$maven_pinned/binaries/"
                        + "apache-maven-$maven_pinned-bin.zip\n");
    }
}
