package dev.rolewright.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whoever begins at the README finds every page, and no link leads nowhere.
class LinksTest {

    private static final Path START = Path.of("README.md");
    private static final Path PAGES = Path.of("src/docs");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```|`[^`\\n]*`");

    /// @param to the page, file or folder; the page itself for a link within it
    private record Link(Path from, Path to, String heading) {

        boolean leadsNowhere() throws IOException {
            return !Files.exists(to) || (!heading.isEmpty() && !headings(to).contains(heading));
        }
    }

    @Test
    void noLinkLeadsNowhere() throws IOException {
        List<Link> astray = new ArrayList<>();
        for (Path page : everyPage()) {
            for (Link link : links(page)) {
                if (link.leadsNowhere()) {
                    astray.add(link);
                }
            }
        }

        assertThat(astray).isEmpty();
    }

    @Test
    void everyPageIsFoundFromTheReadme() throws IOException {
        Set<Path> found = new TreeSet<>(Set.of(START));
        Deque<Path> unread = new ArrayDeque<>(found);
        while (!unread.isEmpty()) {
            for (Link link : links(unread.pop())) {
                for (Path page : pages(link.to())) {
                    if (found.add(page)) {
                        unread.push(page);
                    }
                }
            }
        }

        assertThat(found).containsAll(everyPage());
    }

    private static Set<Path> everyPage() throws IOException {
        Set<Path> pages = new TreeSet<>(pages(PAGES));
        pages.add(START);
        assertThat(pages).hasSizeGreaterThan(10);
        return pages;
    }

    /// A page, or all pages in a folder.
    private static List<Path> pages(Path path) throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(file -> file.toString().endsWith(".md")).toList();
        }
    }

    private static List<Link> links(Path page) throws IOException {
        Path folder = page.toAbsolutePath().getParent();
        Path here = Path.of("").toAbsolutePath();
        return LINK.matcher(CODE.matcher(Files.readString(page)).replaceAll(""))
                .results()
                .map(link -> new Link(
                        page,
                        link.group(1).isEmpty()
                                ? page
                                : here.relativize(folder.resolve(link.group(1)).normalize()),
                        link.group(2) == null ? "" : link.group(2)))
                .toList();
    }

    /// The names of headings as pages are linked to on the web: lower case, dashes, no marks.
    private static Set<String> headings(Path page) throws IOException {
        return HEADING.matcher(Files.readString(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }
}
