package dev.rolewright.engine.postgres.words;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.RoleName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Names and texts as they stand in a statement.
public final class Quoting {

    /// What the server keeps of a name; it would cut a longer one, and mean another object.
    public static final int LONGEST_NAME = 63;

    private Quoting() {}

    public static String name(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0 || bytes(name) > LONGEST_NAME) {
            throw new EngineFailure(
                    Kind.UNSAFE, "A name must have 1 to " + LONGEST_NAME + " bytes and no NUL to mean one thing only.");
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    public static String name(LoginName login) {
        return name(login.value());
    }

    public static String name(RoleName role) {
        return name(role.value());
    }

    public static String name(ObjectRef.Table table) {
        return name(table.schema(), table.table());
    }

    public static String name(String schema, String object) {
        return name(schema) + '.' + name(object);
    }

    /// The name of a setting; an extension's has its prefix.
    public static String parameter(String parameter) {
        return Arrays.stream(parameter.split("\\.", -1)).map(Quoting::name).collect(Collectors.joining("."));
    }

    /// A text constant. Sessions run with standard_conforming_strings, so that a backslash means itself; the form
    /// with `E` holds whatever that setting says.
    public static String text(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A text has no NUL.");
        }
        String quoted = '\'' + text.replace("'", "''") + '\'';
        return text.indexOf('\\') < 0 ? quoted : "E" + quoted.replace("\\", "\\\\");
    }

    /// A remark behind a statement that says where it is to be run.
    public static String in(String database) {
        return " -- in " + shown(database);
    }

    /// A name that somebody else chose, on one line: what breaks lines or turns the reading direction is spelt out,
    /// so that it can end no remark and fake no line of a log.
    public static String shown(String name) {
        StringBuilder shown = new StringBuilder(name.length());
        name.codePoints().forEach(point -> {
            switch (Character.getType(point)) {
                case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                    shown.append("\\u%04X".formatted(point));
                default -> shown.appendCodePoint(point);
            }
        });
        return shown.toString();
    }

    public static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }
}
