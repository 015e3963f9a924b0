package dev.rolewright.engine.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A script for psql, with its variables filled in as psql does it.
public final class Script {

    private static final Pattern VARIABLE = Pattern.compile("(?<!:):(['\"])(\\w+)\\1");

    private Script() {}

    public static String read(Path file, Map<String, String> variables) {
        try {
            return VARIABLE.matcher(Files.readString(file)).replaceAll(it -> {
                String quote = it.group(1);
                String value = variables.get(it.group(2));
                if (value == null) {
                    throw new IllegalArgumentException(file + " needs the variable " + it.group(2));
                }
                return Matcher.quoteReplacement(quote + value.replace(quote, quote + quote) + quote);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
