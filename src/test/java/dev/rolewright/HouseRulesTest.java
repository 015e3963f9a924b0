package dev.rolewright;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The house obeys its rules; and each rule, shown a house that breaks it, says who does.
class HouseRulesTest {

    private static final JavaClasses HOUSE = new ClassFileImporter().importPath("target/classes");

    private static final Pattern TYPE = Pattern.compile("package ([\\w.]+);.*?(?:class|interface) (\\w+)");

    static final List<HouseRules.Rule> RULES = HouseRules.ALL;

    /// A rule, a type that breaks it together with what it needs, and what the rule says about it.
    record Breach(String rule, String accusation, Map<String, String> sources) {

        Breach(String rule, String accusation, String... sources) {
            this(rule, accusation, Stream.of(sources).collect(toMap(HouseRulesTest::nameOf, it -> it)));
        }

        @Override
        public String toString() {
            return rule + ": " + accusation;
        }
    }

    @Test
    void theFloorPlanSaysNoMoreThanThereIs() {
        assertThat(HouseRules.arrowsWithoutTraffic(HOUSE)).isEmpty();
    }

    @Test
    void nothingIsShownInVain() {
        assertThat(HouseRules.shownInVain(HOUSE)).isEmpty();
    }

    static Stream<Breach> breaches() {
        return Stream.of(
                new Breach(
                        "every package lies in a room of the floor plan",
                        "dev.rolewright.util.Strings is in no room",
                        "package dev.rolewright.util; class Strings {}"),
                new Breach(
                        "every package lies in a room of the floor plan",
                        "dev.rolewright.Stray is in no room",
                        "package dev.rolewright; class Stray {}"),
                new Breach(
                        "a room imports only what the floor plan allows",
                        "dev.rolewright.scim.filter.Filter uses dev.rolewright.directory.Rows",
                        "package dev.rolewright.directory; public class Rows {}",
                        "package dev.rolewright.scim.filter; class Filter { dev.rolewright.directory.Rows rows; }"),
                new Breach(
                        "a room imports only what the floor plan allows",
                        "dev.rolewright.directory.Rows uses dev.rolewright.source.Source",
                        "package dev.rolewright.source; public class Source {}",
                        "package dev.rolewright.directory; class Rows { Object o = new dev.rolewright.source.Source(); }"),
                new Breach(
                        "a room imports only what the floor plan allows",
                        "dev.rolewright.ops.Report uses dev.rolewright.web.Door",
                        "package dev.rolewright.web; public class Door {}",
                        "package dev.rolewright.ops; class Report extends dev.rolewright.web.Door {}"),
                new Breach(
                        "a room imports only what the floor plan allows",
                        "dev.rolewright.web.api.Door uses dev.rolewright.engine.Engine",
                        "package dev.rolewright.engine; public interface Engine { void perform(); }",
                        "package dev.rolewright.web.api; class Door { void in(dev.rolewright.engine.Engine e) { e.perform(); } }"),
                new Breach(
                        "a room imports only what the floor plan allows",
                        "dev.rolewright.reconcile.pass.Pass uses dev.rolewright.handover.Book",
                        "package dev.rolewright.handover; public class Book {}",
                        "package dev.rolewright.reconcile.pass; class Pass { dev.rolewright.handover.Book b; }"),
                new Breach(
                        "packages within a room import each other without a circle",
                        "dev.rolewright.scim.filter.Path uses dev.rolewright.scim.patch.Patch,"
                                + " dev.rolewright.scim.patch.Patch uses dev.rolewright.scim.filter.Path",
                        "package dev.rolewright.scim.filter; public class Path { dev.rolewright.scim.patch.Patch p; }",
                        "package dev.rolewright.scim.patch; public class Patch { dev.rolewright.scim.filter.Path p; }"),
                new Breach(
                        "packages within a room import each other without a circle",
                        "dev.rolewright.web.Page uses dev.rolewright.web.auth.Guard,"
                                + " dev.rolewright.web.api.Door uses dev.rolewright.web.Page,"
                                + " dev.rolewright.web.auth.Guard uses dev.rolewright.web.api.Door",
                        "package dev.rolewright.web; public class Page { dev.rolewright.web.auth.Guard[] all; }",
                        "package dev.rolewright.web.api; public class Door extends dev.rolewright.web.Page {}",
                        "package dev.rolewright.web.auth; public class Guard { dev.rolewright.web.api.Door d; }",
                        "package dev.rolewright.web.me; class Me { dev.rolewright.web.auth.Guard g; }"),
                new Breach(
                        "others ask who makes targets true only for what it shows",
                        "dev.rolewright.web.api.Door uses dev.rolewright.reconcile.work.Queue$Mark",
                        "package dev.rolewright.reconcile.work; public class Queue { public record Mark() {} }",
                        "package dev.rolewright.reconcile.hold; public class Hold { public record Ruling() {} }",
                        "package dev.rolewright.web.api; class Door { dev.rolewright.reconcile.work.Queue.Mark m;"
                                + " dev.rolewright.reconcile.hold.Hold.Ruling r; }"),
                new Breach(
                        "an engine is known to itself only",
                        "dev.rolewright.reconcile.Pass uses dev.rolewright.engine.postgres.Server",
                        "package dev.rolewright.engine.postgres; public class Server {}",
                        "package dev.rolewright.reconcile; class Pass { dev.rolewright.engine.postgres.Server s; }"),
                new Breach(
                        "an engine is known to itself only",
                        "dev.rolewright.engine.Engines uses dev.rolewright.engine.postgres.Server",
                        "package dev.rolewright.engine.postgres; public class Server {}",
                        "package dev.rolewright.engine; class Engines { dev.rolewright.engine.postgres.Server s; }"),
                new Breach(
                        "an engine is known to itself only",
                        "dev.rolewright.engine.mariadb.Names uses dev.rolewright.engine.postgres.sql.Names",
                        "package dev.rolewright.engine.postgres.sql; public class Names {}",
                        "package dev.rolewright.engine.mariadb; class Names { dev.rolewright.engine.postgres.sql.Names n; }"),
                new Breach(
                        "a pure room uses no type of the outer world",
                        "dev.rolewright.plan.Planner uses java.nio.file.Files",
                        "package dev.rolewright.plan; class Planner { boolean b = java.nio.file.Files.exists(null); }"),
                new Breach(
                        "a pure room uses no type of the outer world",
                        "dev.rolewright.scim.Log uses org.jboss.logging.Logger",
                        "package dev.rolewright.scim; class Log { org.jboss.logging.Logger l; }"),
                new Breach(
                        "a pure room uses no type of the outer world",
                        "dev.rolewright.credential.Dice uses java.security.SecureRandom",
                        "package dev.rolewright.credential; class Dice { Object o = new java.security.SecureRandom(); }"),
                new Breach(
                        "a pure room asks nobody for time, chance or surroundings",
                        "dev.rolewright.model.Now uses java.time.Instant.now",
                        "package dev.rolewright.model; class Now { Object o = java.time.Instant.now(); }"),
                new Breach(
                        "a pure room asks nobody for time, chance or surroundings",
                        "dev.rolewright.contract.Home uses java.lang.System.getenv",
                        "package dev.rolewright.contract; class Home { Object o = System.getenv(\"HOME\"); }"),
                new Breach(
                        "a pure room asks nobody for time, chance or surroundings",
                        "dev.rolewright.scim.Print uses java.lang.System.out",
                        "package dev.rolewright.scim; class Print { void p() { System.out.println(); } }"),
                new Breach(
                        "persistence stays package-private",
                        "dev.rolewright.source.SourceEntity is public",
                        "package dev.rolewright.source; @jakarta.persistence.Entity public class SourceEntity {}"),
                new Breach(
                        "persistence stays package-private",
                        "dev.rolewright.source.Rows is public",
                        "package dev.rolewright.source;"
                                + "public class Rows implements io.quarkus.hibernate.orm.panache.PanacheRepository<Rows> {}"),
                new Breach(
                        "persistence appears in no public signature",
                        "dev.rolewright.source.Sources.all() shows how it is stored",
                        "package dev.rolewright.source; @jakarta.persistence.Entity class SourceEntity {}",
                        "package dev.rolewright.source; public class Sources { public java.util.List<SourceEntity> all() { return null; } }"),
                new Breach(
                        "persistence appears in no public signature",
                        "dev.rolewright.source.Sources.<init>(jakarta.persistence.EntityManager) shows how it is stored",
                        "package dev.rolewright.source; public class Sources { public Sources(jakarta.persistence.EntityManager m) {} }"),
                new Breach(
                        "SQL is spoken only where set-based work is done",
                        "dev.rolewright.web.Door uses java.sql.Connection",
                        "package dev.rolewright.web; class Door { java.sql.Connection c; }"),
                new Breach(
                        "the doors know of the store only that it failed",
                        "dev.rolewright.web.Door uses dev.rolewright.store.Store",
                        "package dev.rolewright.store; public class Store {}",
                        "package dev.rolewright.web; class Door { dev.rolewright.store.Store s; }"),
                new Breach(
                        "only who makes targets true or gives passwords opens the way to a target",
                        "dev.rolewright.web.Door uses dev.rolewright.reach.Sessions",
                        "package dev.rolewright.reach; public class Sessions {}",
                        "package dev.rolewright.web; class Door { dev.rolewright.reach.Sessions s; }"),
                new Breach(
                        "HTTP is spoken only at the doors",
                        "dev.rolewright.directory.People uses jakarta.ws.rs.NotFoundException",
                        "package dev.rolewright.directory; class People { Object o = new jakarta.ws.rs.NotFoundException(); }"),
                new Breach(
                        "only rooms with work of their own have a schedule",
                        "dev.rolewright.web.Clean uses io.quarkus.scheduler.Scheduled",
                        "package dev.rolewright.web; class Clean { @io.quarkus.scheduler.Scheduled(every = \"1s\") void now() {} }"),
                new Breach(
                        "a name says what a thing is",
                        "dev.rolewright.audit.AuditManager has a name that says nothing",
                        "package dev.rolewright.audit; class AuditManager {}"),
                new Breach(
                        "a method is not called get…",
                        "dev.rolewright.audit.Row.getDigest() is called get…",
                        "package dev.rolewright.audit; class Row extends Exception {"
                                + " String getDigest() { return null; } @Override public String getMessage() { return null; } }"),
                new Breach(
                        "signatures promise values, not futures",
                        "dev.rolewright.audit.Late.row() is reactive or bound to a thread",
                        "package dev.rolewright.audit; class Late {"
                                + " java.util.concurrent.CompletableFuture<String> row() { return null; } }"),
                new Breach(
                        "signatures promise values, not futures",
                        "dev.rolewright.audit.Bound.who is reactive or bound to a thread",
                        "package dev.rolewright.audit; class Bound { ThreadLocal<String> who; }"),
                new Breach(
                        "every package is null-marked",
                        "dev.rolewright.web.hr has no null-marked package-info",
                        "package dev.rolewright.web.hr; class Door {}"),
                new Breach(
                        "nothing is borrowed that the house does without",
                        "dev.rolewright.audit.Borrower uses com.google.common.collect.Lists",
                        "package com.google.common.collect; public class Lists { public static void of() {} }",
                        "package dev.rolewright.audit; class Borrower { void b() { com.google.common.collect.Lists.of(); } }"));
    }

    @ParameterizedTest
    @FieldSource("RULES")
    void theHouseObeys(HouseRules.Rule rule) {
        assertThat(rule.brokenBy(HOUSE)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("breaches")
    void accusesWhoBreaksARule(Breach breach, @TempDir Path folder) {
        compile(breach, folder);

        JavaClasses house = new ClassFileImporter().importPath(folder);

        assertThat(rule(breach.rule()).brokenBy(house))
                .contains(breach.accusation())
                .allMatch(accusation -> accusation.startsWith(breach.accusation()));
    }

    @Test
    void noRuleGoesUntested() {
        assertThat(breaches().map(Breach::rule).collect(toSet()))
                .isEqualTo(RULES.stream().map(HouseRules.Rule::name).collect(toSet()));
    }

    @Test
    void theTestsBorrowNothingEither() {
        JavaClasses tests = new ClassFileImporter().importPath("target/test-classes");

        assertThat(rule("nothing is borrowed that the house does without").brokenBy(tests))
                .isEmpty();
    }

    @Test
    void seesTheHouse() {
        assertThat(HOUSE.contain("dev.rolewright.ops.Main")).isTrue();
    }

    private static HouseRules.Rule rule(String name) {
        return RULES.stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void compile(Breach breach, Path folder) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<JavaFileObject> files = breach.sources().entrySet().stream()
                .<JavaFileObject>map(source -> new Source(source.getKey(), source.getValue()))
                .toList();
        List<String> options =
                List.of("-d", folder.toString(), "-proc:none", "-cp", System.getProperty("java.class.path"));
        assertThat(compiler.getTask(null, null, null, options, null, files).call())
                .as("the example compiles")
                .isTrue();
    }

    private static String nameOf(String source) {
        Matcher name = TYPE.matcher(source);
        if (!name.find()) {
            throw new IllegalArgumentException(source);
        }
        return name.group(1) + "." + name.group(2);
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
