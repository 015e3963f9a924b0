package dev.rolewright;

import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.toMap;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The floor plan as a table, and the laws of the house as functions from classes to the sentences that accuse them.
final class HouseRules {

    /// Room, whether it is pure (◇), and the rooms it may import.
    private static final String FLOOR_PLAN = """
            model       ◇ :
            scim        ◇ :
            contract    ◇ : model scim
            plan        ◇ : model
            credential  ◇ : model
            store         :
            source        : model credential store audit
            directory     : model scim store audit
            offboarding   : model store directory audit
            amendment     : model scim contract store engine audit
            engine        : model plan credential
            reach         : model contract plan credential amendment engine
            reconcile     : model contract plan store directory offboarding amendment engine reach audit
            orphan        : model contract store directory offboarding amendment reach reconcile
            handover      : model contract plan credential store amendment engine reach reconcile audit
            audit         : model plan store
            web           : model scim contract plan credential store source directory offboarding amendment reach reconcile orphan handover audit
            ops           : model contract credential store amendment engine reach
            """;

    private static final String HOUSE = "dev.rolewright.";

    static final Map<String, Set<String>> MAY_IMPORT = FLOOR_PLAN
            .lines()
            .map(line -> line.replace("◇", " ").split(":", -1))
            .collect(toMap(parts -> parts[0].strip(), parts -> words(parts[1])));

    /// What `reconcile` shows to other rooms; the rest is public for its own packages. `Joins` is missing: the
    /// compiler leaves nothing of it but its text.
    static final Set<String> SHOWN = words("""
            Crew ReconcileConfig Servers TargetStatus Targets
            ForeignLogins KnownLogin Logins RenamedLogins UntendedLogin People
            KeptPlan Hold HoldSigned Holds DriftItem DriftReports Receipt Receipts PassSummary Passes
            AccessExplanation AccessExplanations DriftLooks LastLook LeftLogin LeftLogins Rehearsal Rehearsals Reviews
            """);

    private static final Set<String> PURE = words(String.join(
            " ",
            FLOOR_PLAN
                    .lines()
                    .filter(line -> line.contains("◇"))
                    .map(line -> line.substring(0, line.indexOf('◇')))
                    .toList()));

    private static final Pattern WORLDLY_TYPES = Pattern.compile(
            "java\\.io\\.(?!IOException$|UncheckedIOException$|Serial$|Serializable$|ObjectInputStream$|ObjectOutputStream$).*"
                    + "|java\\.nio\\.(file|channels)\\..*|java\\.net\\.(?!URI$|URISyntaxException$|URLDecoder$|URLEncoder$).*"
                    + "|java\\.(sql|util\\.logging|util\\.concurrent\\.ThreadLocalRandom).*|javax\\.(sql|net)\\..*"
                    + "|java\\.util\\.Random|java\\.security\\.SecureRandom|java\\.time\\.Clock"
                    + "|(jakarta|io\\.quarkus|io\\.vertx|io\\.micrometer|org\\.jboss|org\\.slf4j|org\\.hibernate)\\..*"
                    + "|org\\.eclipse\\.microprofile\\..*|java\\.lang\\.(Process|ProcessBuilder|Runtime|ProcessHandle)");

    private static final Pattern WORLDLY_CALLS = Pattern.compile(
            "java\\.time\\..*\\.now|java\\.util\\.UUID\\.randomUUID"
                    + "|java\\.lang\\.System\\.(currentTimeMillis|nanoTime|getenv|getProperty|getProperties|exit|in|out|err)"
                    + "|java\\.lang\\.(Math\\.random|Thread\\.(sleep|start|startVirtualThread))"
                    + "|java\\.util\\.random\\.RandomGenerator\\.(of|getDefault)|java\\.util\\.(Collections\\.shuffle)");

    private static final Set<String> PERSISTENCE =
            Set.of("jakarta.persistence", "io.quarkus.hibernate", "org.hibernate");

    private static final Pattern BANNED_LIBRARIES = Pattern.compile(
            "(org\\.mockito|lombok|com\\.google\\.common|org\\.apache\\.commons|org\\.mapstruct|net\\.jqwik)\\..*");

    private static final Pattern NOT_OURS_TO_PROMISE = Pattern.compile(
            "io\\.smallrye\\.mutiny\\..*|java\\.util\\.concurrent\\.(CompletableFuture|CompletionStage)|java\\.lang\\.ThreadLocal");

    private static final Pattern EMPTY_NAME = Pattern.compile(".*(Impl|Manager|Helper|Utils?)");

    /// A law: its name, and who breaks it, one sentence each.
    record Rule(String name, Function<JavaClasses, Stream<String>> accused) {

        List<String> brokenBy(JavaClasses classes) {
            return accused.apply(classes).distinct().sorted().toList();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Rule> ALL = List.of(
            new Rule(
                    "every package lies in a room of the floor plan",
                    classes -> ours(classes)
                            .filter(type -> !MAY_IMPORT.containsKey(room(type)))
                            .map(type -> type.getName() + " is in no room")),
            new Rule(
                    "a room imports only what the floor plan allows",
                    dependencies((from, to) -> isOurs(to)
                            && !room(from).equals(room(to))
                            && !MAY_IMPORT.getOrDefault(room(from), Set.of()).contains(room(to)))),
            new Rule(
                    "packages within a room import each other without a circle",
                    classes -> Circles.of(ours(classes), HouseRules::room)),
            new Rule(
                    "others ask who makes targets true only for what it shows",
                    dependencies((from, to) -> room(to).equals("reconcile")
                            && !room(from).equals("reconcile")
                            && !SHOWN.contains(outermost(to)))),
            new Rule(
                    "an engine is known to itself only",
                    dependencies((from, to) -> room(to).equals("engine")
                            && !island(to).isEmpty()
                            && !(room(from).equals("engine") && island(from).equals(island(to))))),
            new Rule(
                    "a pure room uses no type of the outer world",
                    dependencies((from, to) -> PURE.contains(room(from))
                            && WORLDLY_TYPES
                                    .matcher(to.getBaseComponentType().getName())
                                    .matches())),
            new Rule(
                    "a pure room asks nobody for time, chance or surroundings",
                    classes -> ours(classes)
                            .filter(type -> PURE.contains(room(type)))
                            .flatMap(type -> type.getAccessesFromSelf().stream())
                            .filter(access ->
                                    WORLDLY_CALLS.matcher(target(access)).matches())
                            .map(access -> access.getOriginOwner().getName() + " uses " + target(access))),
            new Rule(
                    "persistence stays package-private",
                    classes -> ours(classes)
                            .filter(HouseRules::isPersistent)
                            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                            .map(type -> type.getName() + " is public")),
            new Rule(
                    "persistence appears in no public signature",
                    classes -> ours(classes)
                            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                            .flatMap(HouseRules::visibleMembers)
                            .filter(member -> signature(member)
                                    .anyMatch(type -> isPersistent(type)
                                            || PERSISTENCE.stream().anyMatch(type.getPackageName()::startsWith)))
                            .map(member -> member.getFullName() + " shows how it is stored")),
            new Rule(
                    "SQL is spoken only where set-based work is done",
                    dependencies((from, to) -> (to.getPackageName().startsWith("java.sql")
                                    || to.getPackageName().startsWith("javax.sql"))
                            && !words(
                                            "engine store directory offboarding amendment reconcile orphan handover audit ops")
                                    .contains(room(from)))),
            new Rule(
                    "the doors know of the store only that it failed",
                    dependencies((from, to) -> room(from).equals("web")
                            && room(to).equals("store")
                            && !to.getSimpleName().equals("StoreFailure"))),
            new Rule(
                    "only who makes targets true or gives passwords opens the way to a target",
                    dependencies((from, to) -> to.getName().equals(HOUSE + "reach.Sessions")
                            && !words("reach reconcile handover").contains(room(from)))),
            new Rule(
                    "HTTP is spoken only at the doors",
                    dependencies((from, to) -> to.getPackageName().startsWith("jakarta.ws.rs")
                            && !room(from).equals("web"))),
            new Rule(
                    "only rooms with work of their own have a schedule",
                    dependencies((from, to) -> to.getPackageName().startsWith("io.quarkus.scheduler")
                            // whoever ends a process stops all of them, and tells what became of each
                            && (!room(from).equals("ops") || to.getSimpleName().equals("Scheduled"))
                            && !words("reconcile orphan handover amendment offboarding audit directory source")
                                    .contains(room(from)))),
            new Rule(
                    "a name says what a thing is",
                    classes -> ours(classes)
                            .filter(type ->
                                    EMPTY_NAME.matcher(type.getSimpleName()).matches())
                            .map(type -> type.getName() + " has a name that says nothing")),
            new Rule(
                    "a method is not called get…",
                    classes -> ours(classes)
                            .filter(not(HouseRules::isPersistent))
                            .flatMap(type -> type.getMethods().stream())
                            .filter(method -> method.getName().matches("get\\p{Lu}.*"))
                            .filter(method ->
                                    !method.getModifiers().contains(JavaModifier.SYNTHETIC) && !overrides(method))
                            .map(method -> method.getFullName() + " is called get…")),
            new Rule(
                    "signatures promise values, not futures",
                    classes -> ours(classes)
                            .flatMap(type -> Stream.concat(type.getMethods().stream(), type.getFields().stream()))
                            .filter(member -> !member.getModifiers().contains(JavaModifier.SYNTHETIC))
                            .filter(member -> signature(member)
                                    .anyMatch(type -> NOT_OURS_TO_PROMISE
                                            .matcher(type.getName())
                                            .matches()))
                            .map(member -> member.getFullName() + " is reactive or bound to a thread")),
            new Rule(
                    "every package is null-marked",
                    classes -> ours(classes)
                            .map(JavaClass::getPackage)
                            .filter(room -> !room.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                            .map(room -> room.getName() + " has no null-marked package-info")),
            new Rule(
                    "nothing is borrowed that the house does without",
                    dependencies(
                            (_, to) -> BANNED_LIBRARIES.matcher(to.getName()).matches())));

    private HouseRules() {}

    /// What the floor plan allows and nobody does, so that it says more than there is.
    static Set<String> arrowsWithoutTraffic(JavaClasses classes) {
        Set<String> arrows = new TreeSet<>();
        MAY_IMPORT.forEach((room, others) -> others.forEach(other -> arrows.add(room + " uses " + other)));
        ours(classes)
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .forEach(dependency ->
                        arrows.remove(room(dependency.getOriginClass()) + " uses " + room(end(dependency))));
        return arrows;
    }

    /// What is shown and nobody asks for.
    static Set<String> shownInVain(JavaClasses classes) {
        Set<String> shown = new TreeSet<>(SHOWN);
        ours(classes)
                .filter(type -> !room(type).equals("reconcile"))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(HouseRules::end)
                .filter(type -> room(type).equals("reconcile"))
                .forEach(type -> shown.remove(outermost(type)));
        return shown;
    }

    private static Function<JavaClasses, Stream<String>> dependencies(BiPredicate<JavaClass, JavaClass> forbidden) {
        return classes -> ours(classes)
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> forbidden.test(dependency.getOriginClass(), end(dependency)))
                .map(dependency -> dependency.getOriginClass().getName() + " uses "
                        + end(dependency).getName());
    }

    private static JavaClass end(Dependency dependency) {
        return dependency.getTargetClass().getBaseComponentType();
    }

    private static Stream<JavaClass> ours(JavaClasses classes) {
        return classes.stream().filter(HouseRules::isOurs);
    }

    private static boolean isOurs(JavaClass type) {
        return type.getName().startsWith(HOUSE);
    }

    private static String room(JavaClass type) {
        return isOurs(type)
                ? type.getPackageName().concat(".").substring(HOUSE.length()).split("\\.", -1)[0]
                : "";
    }

    private static String outermost(JavaClass type) {
        return type.getName().substring(type.getPackageName().length() + 1).split("\\$", 2)[0];
    }

    /// The package of one database product, which may have packages of its own below it.
    private static String island(JavaClass type) {
        String[] steps = type.getPackageName().split("\\.", -1);
        return steps.length > 3 ? steps[3] : "";
    }

    private static String target(JavaAccess<?> access) {
        return access.getTargetOwner().getName() + "." + access.getName();
    }

    private static boolean isPersistent(JavaClass type) {
        return Stream.of("Entity", "Embeddable", "MappedSuperclass")
                        .anyMatch(name -> type.isAnnotatedWith("jakarta.persistence." + name))
                || type.getAllRawInterfaces().stream()
                        .anyMatch(it -> it.getName().startsWith("io.quarkus.hibernate"))
                || type.getAllRawSuperclasses().stream()
                        .anyMatch(it -> it.getName().startsWith("io.quarkus.hibernate"));
    }

    private static Stream<JavaMember> visibleMembers(JavaClass type) {
        Predicate<JavaMember> visible = member -> member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
        return type.getMembers().stream().filter(visible);
    }

    private static Stream<JavaClass> signature(JavaMember member) {
        return switch (member) {
            case JavaCodeUnit code ->
                Stream.concat(
                        code.getReturnType().getAllInvolvedRawTypes().stream(),
                        code.getParameterTypes().stream().flatMap(type -> type.getAllInvolvedRawTypes().stream()));
            default -> member.getAllInvolvedRawTypes().stream();
        };
    }

    private static boolean overrides(JavaMethod method) {
        JavaClass owner = method.getOwner();
        return Stream.concat(owner.getAllRawSuperclasses().stream(), owner.getAllRawInterfaces().stream())
                .flatMap(type -> type.getMethods().stream())
                .anyMatch(inherited -> inherited.getName().equals(method.getName())
                        && inherited.getRawParameterTypes().size()
                                == method.getRawParameterTypes().size());
    }

    private static Set<String> words(String text) {
        return Set.copyOf(Arrays.stream(text.strip().split("\\s+"))
                .filter(not(String::isEmpty))
                .toList());
    }
}
