package dev.rolewright.deploy;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What must hold of the image and of what it is built from.
final class ImageLaws {

    private static final String DOCKERFILE = "docker/Dockerfile";
    private static final String CONTEXT = DOCKERFILE + ".dockerignore";
    private static final Pattern BASE = Pattern.compile("(?m)^FROM (\\S+)");
    private static final Pattern COPY = Pattern.compile("(?m)^COPY (?!--from)(?:--\\S+ )*(\\S+) ");
    private static final Pattern BUILT_FROM = Pattern.compile("<directory>([^<$]+)</directory>");

    static final List<Law> ALL = List.of(
            new Law(
                    "the image runs as a user with a number, and not as root",
                    files -> Stream.of(last(files, "USER"))
                            .filter(user -> !user.matches("[1-9]\\d*:[1-9]\\d*"))
                            .map(user -> "the image runs as " + (user.isEmpty() ? "root" : user))),
            new Law(
                    "the image is made of named versions, for the Java of the build",
                    files -> found(BASE, files.text(DOCKERFILE))
                            .filter(base -> !base.matches("[^:]+:" + javaVersion() + "-.+"))
                            .map(base -> base + " is no version for Java " + javaVersion())),
            new Law(
                    "the image starts with the memory that was measured",
                    files -> Stream.of(last(files, "ENTRYPOINT"))
                            .filter(start -> !start.contains("\"@/opt/rolewright/jvm.options\"")
                                    || !start.contains("\"/opt/rolewright/quarkus-run.jar\""))
                            .map(start -> "ENTRYPOINT " + start + " is not how it is started")),
            new Law(
                    "the image says whether it is healthy by what it carries",
                    files -> Stream.of(last(files, "HEALTHCHECK"))
                            .filter(check -> !check.endsWith("CMD [\"/opt/rolewright/healthy\"]"))
                            .map(check -> "HEALTHCHECK " + check + " is not the script that is carried along")),
            new Law(
                    "the image listens where the application does",
                    files -> Stream.of(last(files, "EXPOSE"))
                            .filter(port -> !port.equals(Application.PORT))
                            .map(port -> "EXPOSE " + port + " is not " + Application.PORT)),
            new Law(
                    "whatever the image is built from is sent to who builds it",
                    files -> Stream.concat(
                                    found(COPY, files.text(DOCKERFILE)).filter(path -> !path.equals(".")),
                                    Stream.concat(
                                            found(BUILT_FROM, Application.pom()),
                                            Stream.of("mvnw", ".mvn", "src/main")))
                            .filter(path -> files.text(CONTEXT)
                                    .lines()
                                    .noneMatch(line ->
                                            line.startsWith("!") && (path + "/").startsWith(line.substring(1) + "/")))
                            .map(path -> path + " is left out")),
            new Law(
                    "nothing is sent to who builds the image that it is not built from",
                    files -> Stream.of(files.text(CONTEXT))
                            .filter(text -> !text.lines().anyMatch("*"::equals))
                            .map(text -> "everything is sent")));

    private ImageLaws() {}

    /// What the last line of that kind says; empty without one.
    private static String last(DeployFiles files, String instruction) {
        return found(Pattern.compile("(?m)^" + instruction + " (.+)$"), files.text(DOCKERFILE))
                .reduce("", (_, later) -> later);
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult match) -> match.group(1));
    }

    private static String javaVersion() {
        return found(Pattern.compile("<maven.compiler.release>(\\d+)<"), Application.pom())
                .findFirst()
                .orElseThrow();
    }
}
