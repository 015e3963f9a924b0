package dev.rolewright.plan;

import dev.rolewright.model.TargetName;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What must change in one target, in the order in which it is performed. Two plans that do the same for the
/// same reasons are equal, whenever they were made.
public record Plan(TargetName target, List<Line> lines, List<Note> notes) {

    public Plan {
        lines = List.copyOf(lines);
        notes = List.copyOf(notes);
    }

    public List<Step> steps() {
        return lines.stream().map(Line::step).toList();
    }

    /// Whether nothing is to be done; there may be notes all the same.
    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /// The lines that are chosen, in the same order, with all notes.
    public Plan only(Predicate<Line> chosen) {
        return new Plan(target, lines.stream().filter(chosen).toList(), notes);
    }

    /// The same with more for a human to know.
    public Plan noting(List<Note> more) {
        return more.isEmpty()
                ? this
                : new Plan(
                        target,
                        lines,
                        Stream.concat(notes.stream(), more.stream()).sorted().toList());
    }

    /// What undoes it, in the opposite order. Sessions that were ended stay ended, and what a dropped login
    /// owned stays with the heir; the login itself comes back, suspended and under a new id of the server.
    public Plan inverse() {
        Set<Account> gone = steps().stream()
                .flatMap(step -> step instanceof Step.DropLogin drop ? Stream.of(drop.account()) : Stream.empty())
                .collect(Collectors.toSet());
        List<Line> undone = lines.reversed().stream()
                .flatMap(line -> line.step().inverse().map(step -> anew(step, gone)).stream()
                        .map(step -> new Line(step, line.reasons())))
                .toList();
        return new Plan(target, undone, List.of());
    }

    /// As people read it: a line for each step under `+`, `~` or `-` with its reasons below, then the notes
    /// under `!`.
    public String print() {
        return print(lines, notes).collect(Collectors.joining());
    }

    /// The same, a step or note after the other.
    public static Stream<String> print(List<Line> lines, List<Note> notes) {
        return Stream.concat(lines.stream().map(Plan::print), notes.stream().map(Plan::print));
    }

    private static String print(Line line) {
        StringBuilder text = new StringBuilder();
        text.append(line.step().sign().mark())
                .append(' ')
                .append(oneLine(line.step().label()))
                .append('\n');
        line.reasons()
                .forEach(reason -> text.append("    because ")
                        .append(oneLine(reason.sentence()))
                        .append('\n'));
        return text.toString();
    }

    private static String print(Note note) {
        StringBuilder text = new StringBuilder();
        text.append("! ")
                .append(oneLine(note.subject()))
                .append(": ")
                .append(oneLine(note.sentence()))
                .append('\n');
        note.remedy()
                .ifPresent(statement ->
                        text.append("    ").append(oneLine(statement)).append('\n'));
        return text.toString();
    }

    // A stranger chose some of these names: none may begin a line of its own or turn the direction of reading.
    private static String oneLine(String text) {
        return text.codePoints()
                .map(point -> switch (Character.getType(point)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SURROGATE -> '\uFFFD';
                    default -> point;
                })
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static Step anew(Step step, Set<Account> gone) {
        return switch (step) {
            case Step.Join(Account account, var membership) -> new Step.Join(anew(account, gone), membership);
            case Step.ResumeLogin(Account account, var since) -> new Step.ResumeLogin(anew(account, gone), since);
            case Step.CreateLogin _, Step.RenameLogin _, Step.SuspendLogin _, Step.EndSessions _ -> step;
            case Step.StampSuspension _, Step.DropLogin _, Step.Leave _, Step.MarkLogin _, Step.StripLogin _ -> step;
            case Step.OfRole _, Step.OfTable _ -> step;
        };
    }

    private static Account anew(Account account, Set<Account> gone) {
        return gone.contains(account) ? account.withoutId() : account;
    }
}
