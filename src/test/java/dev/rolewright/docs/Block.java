package dev.rolewright.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What a page shows between two fences.
///
/// @param line where it begins
/// @param language what stands behind the first fence; empty for nothing
public record Block(Path page, int line, String language, String text) {

    private static final String FENCE = "```";

    /// Those of every page, in one language or in all.
    public static Stream<Block> everywhere() {
        try (Stream<Path> pages = Files.walk(Path.of("src/docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md")), pages.sorted())
                    .filter(page -> page.toString().endsWith(".md"))
                    .flatMap(page -> of(page).stream())
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Stream<Block> in(String language) {
        return everywhere().filter(block -> block.language.equals(language));
    }

    static List<Block> of(Path page) {
        List<Block> blocks = new ArrayList<>();
        Block open = null;
        int number = 0;
        int indent = 0; // of a block within a list
        for (String line : lines(page)) {
            number++;
            String text = line.substring(
                    Math.min(indent, line.length() - line.stripLeading().length()));
            if (open != null && text.equals(FENCE)) {
                blocks.add(open);
                open = null;
                indent = 0;
            } else if (open != null) {
                open = new Block(page, open.line, open.language, open.text + text + "\n");
            } else if (line.stripLeading().startsWith(FENCE)) {
                indent = line.indexOf(FENCE);
                open = new Block(page, number, line.substring(indent + FENCE.length()), "");
            }
        }
        if (open != null) {
            throw new IllegalStateException(open + " does not end");
        }
        return blocks;
    }

    private static List<String> lines(Path page) {
        try {
            return Files.readAllLines(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return page + ":" + line;
    }
}
