package dev.rolewright.web.hr;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Splits bytes into the records of a CSV file (RFC 4180) in UTF-8, with or without a byte order mark.
///
/// A record that is broken ends with its line, whatever its quotes say, and the next one begins on the next: one quote
/// too many swallows no other record.
final class Csv {

    /// Bytes of a record.
    static final int LARGEST = 64 * 1024;

    /// A quoted field may go on over lines, but not for so long that reading them again were work.
    private static final int MOST_LINES = 20;

    private static final int END = -1;
    private static final int NOTHING = -2;

    private final BufferedInputStream in;
    private int delimiter = ',';
    private int line = 1;
    private int size;
    private int ahead = NOTHING;

    Csv(InputStream bytes) throws IOException {
        in = ByteOrderMark.skip(new BufferedInputStream(bytes, LARGEST));
    }

    /// @param fields one empty field for a line with nothing in it; none where there is a problem
    /// @param problem why there are no fields
    record Entry(int line, List<String> fields, Optional<String> problem) {}

    private static final class Broken extends Exception {

        private static final long serialVersionUID = 1L;

        Broken(String sentence) {
            super(sentence, null, false, false);
        }
    }

    /// Takes the first record for the names of columns. They are separated by semicolons when there
    /// is no comma between them: that is how spreadsheets write CSV where the comma is in numbers.
    Optional<Entry> header() throws IOException {
        in.mark(LARGEST + 8);
        boolean quoted = false;
        boolean comma = false;
        boolean semicolon = false;
        int read = in.read();
        for (int i = 0; i < LARGEST && read != '\n' && read != END; i++) {
            quoted ^= read == '"';
            comma |= !quoted && read == ',';
            semicolon |= !quoted && read == ';';
            read = in.read();
        }
        in.reset();
        delimiter = semicolon && !comma ? ';' : ',';
        return next();
    }

    /// The next record; empty at the end.
    Optional<Entry> next() throws IOException {
        in.mark(LARGEST + 8);
        int begin = line;
        try {
            List<String> fields = fields();
            return fields.isEmpty() ? Optional.empty() : Optional.of(new Entry(begin, fields, Optional.empty()));
        } catch (Broken broken) {
            in.reset();
            ahead = NOTHING;
            skipLine();
            line = begin + 1;
            return Optional.of(new Entry(begin, List.of(), Optional.of(String.valueOf(broken.getMessage()))));
        }
    }

    private void skipLine() throws IOException {
        int read = in.read();
        while (read != '\n' && read != END) {
            read = in.read();
        }
    }

    private static final class Field {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int end;

        String text() throws Broken {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes.toByteArray()))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new Broken("The row is not UTF-8.");
            }
        }
    }

    private List<String> fields() throws IOException, Broken {
        size = 0;
        List<String> fields = new ArrayList<>();
        int begin = line;
        Field field = field(begin);
        while (field.end == delimiter) {
            fields.add(field.text());
            field = field(begin);
        }
        String last = field.text();
        if (size == 0) {
            return fields; // the end
        }
        fields.add(last);
        if (field.end == '\n') {
            line++;
        }
        return fields;
    }

    private Field field(int begin) throws IOException, Broken {
        Field field = new Field();
        int read = read();
        if (read == '"') {
            read = quoted(field, begin);
        } else {
            while (read != delimiter && read != '\n' && read != END) {
                if (read == '"') {
                    throw new Broken("A quote is in a field that does not begin with one.");
                }
                field.bytes.write(read);
                read = read();
            }
        }
        field.end = read;
        return field;
    }

    /// @return what comes behind the closing quote
    private int quoted(Field field, int begin) throws IOException, Broken {
        while (true) {
            int read = read();
            if (read == END) {
                throw new Broken("A quote that is opened is not closed.");
            }
            if (read == '"') {
                int next = read();
                if (next == delimiter || next == '\n' || next == END) {
                    return next;
                }
                if (next != '"') {
                    throw new Broken("Behind a closing quote there is more than the end of the field.");
                }
            } else if (read == '\n' && ++line - begin >= MOST_LINES) {
                throw new Broken("A quote that is opened is not closed within " + MOST_LINES + " lines.");
            }
            field.bytes.write(read);
        }
    }

    /// The next byte; a line may end with CR LF too.
    private int read() throws IOException, Broken {
        int read = ahead == NOTHING ? in.read() : ahead;
        ahead = NOTHING;
        if (read == '\r') {
            ahead = in.read();
            if (ahead == '\n') {
                read = ahead;
                ahead = NOTHING;
            }
        }
        if (read != END && ++size > LARGEST) {
            throw new Broken("The row has more than " + LARGEST + " bytes.");
        }
        return read;
    }
}
