package dev.rolewright.contract;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.JacksonYAMLParseException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.rolewright.contract.Node.Items;
import dev.rolewright.contract.Node.Key;
import dev.rolewright.contract.Node.Keys;
import dev.rolewright.contract.Node.Scalar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads the part of YAML that a contract needs: keys, lists and single values. Aliases, tags, nulls and
/// second documents are refused, so what a reviewer sees is what is meant.
final class YamlTree {

    private static final YAMLFactory YAML = new YAMLFactory();

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /// A contract needs half of it; a parser that calls itself for each level needs to be stopped somewhere.
    private static final int DEEPEST = 16;

    /// What no contract is written in; carries the finding's words.
    private static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Place place;
        private final String fix;

        Refused(Place place, String sentence, String fix) {
            super(sentence, null, false, false);
            this.place = place;
            this.fix = fix;
        }
    }

    private final String file;

    /// None when there is no anchor to look for.
    private final List<String> lines;

    private final YAMLParser parser;
    private final Findings findings;

    private YamlTree(String file, List<String> lines, YAMLParser parser, Findings findings) {
        this.file = file;
        this.lines = lines;
        this.parser = parser;
        this.findings = findings;
    }

    /// The top of a file; empty when the file is empty or not readable, which is then found.
    static Optional<Node> read(SourceFile source, Findings findings) {
        OptionalInt hidden = Visible.hiddenInFile(source.text());
        if (hidden.isPresent()) {
            findings.error(
                    place(source, hidden.getAsInt()),
                    "Here stands a character that nobody sees: "
                            + Visible.spelt(source.text().codePointAt(hidden.getAsInt())) + ".",
                    "Take it away.");
            return Optional.empty();
        }
        String text = source.text().startsWith(BYTE_ORDER_MARK) ? source.text().substring(1) : source.text();
        List<String> lines = text.contains("&") ? text.lines().toList() : List.of();
        try (YAMLParser parser = YAML.createParser(text)) {
            return new YamlTree(source.name(), lines, parser, findings).document();
        } catch (Refused refused) {
            findings.error(refused.place, String.valueOf(refused.getMessage()), refused.fix);
        } catch (JacksonException e) {
            findings.error(place(source.name(), e.getLocation()), "This is not YAML" + why(e) + ".", "Mend it here.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.empty();
    }

    private static String why(JacksonException e) {
        String words = e instanceof JacksonYAMLParseException ? e.getOriginalMessage() : "";
        String first = words.lines().findFirst().orElse("").strip();
        return first.isEmpty() ? "" : ": " + first;
    }

    private Optional<Node> document() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return Optional.empty();
        }
        Node top = node(first, 0);
        if (parser.nextToken() != null) {
            throw new Refused(here(), "A file has one document.", "Put what follows into a file of its own.");
        }
        return Optional.of(top);
    }

    private Node node(JsonToken token, int depth) throws IOException {
        Place place = here();
        plain(place);
        if (depth > DEEPEST) {
            throw new Refused(place, "Nothing in a contract lies that deep.", "Take some of the brackets away.");
        }
        if (parser.isCurrentAlias()) {
            throw new Refused(
                    place,
                    "A contract has no aliases.",
                    "Write the value out; a text that begins with * is written in quotes.");
        }
        return switch (token) {
            case START_OBJECT -> keys(place, depth);
            case START_ARRAY -> items(place, depth);
            case VALUE_STRING -> new Scalar(place, parser.getText(), true);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
                new Scalar(place, parser.getText(), false);
            case VALUE_NULL -> throw new Refused(place, "A value is missing.", "Write one or take the key away.");
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new Refused(place, "This cannot be read.", "Write a key, a list or a value.");
        };
    }

    private void plain(Place place) throws IOException {
        if (parser.getTypeId() != null) {
            throw new Refused(place, "A contract has no tags.", "Take the tag away.");
        }
        if ((parser.getObjectId() != null || begins(place, '&')) && !parser.isCurrentAlias()) {
            throw new Refused(place, "A contract has no anchors.", "Take the anchor away and write the value out.");
        }
    }

    /// The parser does not tell of the anchors of single values.
    private boolean begins(Place place, char sign) {
        if (lines.isEmpty() || place.line() > lines.size()) {
            return false;
        }
        String line = lines.get(place.line() - 1);
        return place.column() <= line.codePointCount(0, line.length())
                && line.codePointAt(line.offsetByCodePoints(0, place.column() - 1)) == sign;
    }

    private Node keys(Place place, int depth) throws IOException {
        List<Key> keys = new ArrayList<>();
        Map<String, Place> seen = new HashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            Place at = here();
            plain(at);
            String name = parser.currentName();
            Node value = node(parser.nextToken(), depth + 1);
            Place before = seen.putIfAbsent(name, at);
            if (before == null) {
                keys.add(new Key(at, name, value));
            } else {
                findings.error(
                        at, "\"" + name + "\" stands here twice, first at " + before + ".", "Keep one of the two.");
            }
        }
        return new Keys(place, keys);
    }

    private Node items(Place place, int depth) throws IOException {
        List<Node> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(node(token, depth + 1));
        }
        return new Items(place, items);
    }

    private Place here() {
        return place(file, parser.currentTokenLocation());
    }

    private static Place place(SourceFile source, int at) {
        String before = source.text().substring(0, at);
        int line = before.lastIndexOf('\n') + 1;
        return new Place(
                source.name(),
                1 + (int) before.lines().count() - (line == before.length() ? 0 : 1),
                1 + before.codePointCount(line, at));
    }

    private static Place place(String file, JsonLocation location) {
        return location == null
                ? new Place(file, 1, 1)
                : new Place(file, Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }
}
