package dev.rolewright.web.hr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bytes to records, also where somebody wrote them badly.
class CsvTest {

    private static List<Csv.Entry> all(InputStream bytes) throws IOException {
        Csv csv = new Csv(bytes);
        List<Csv.Entry> all = new ArrayList<>();
        for (Optional<Csv.Entry> next = csv.header(); next.isPresent(); next = csv.next()) {
            all.add(next.get());
        }
        return all;
    }

    private static List<Csv.Entry> all(String text) throws IOException {
        return all(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Csv.Entry sound(int line, String... fields) {
        return new Csv.Entry(line, List.of(fields), Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\n1,2", "\uFEFFa,b\r\n1,2", "\"a\",\"b\"\r\n\"1\",2"})
    void readsEveryWayToEndALine(String text) throws IOException {
        assertThat(all(text)).containsExactly(sound(1, "a", "b"), sound(2, "1", "2"));
    }

    @Test
    void readsWhatIsQuoted() throws IOException {
        assertThat(all("a,b\n\"x, \"\"y\"\"\nz\",\"\"\nlast,\" \"\n"))
                .containsExactly(sound(1, "a", "b"), sound(2, "x, \"y\"\nz", ""), sound(4, "last", " "));
    }

    @Test
    void readsSemicolonsWhereTheHeaderHasNoComma() throws IOException {
        assertThat(all("a;b\n1,5;2\n")).containsExactly(sound(1, "a", "b"), sound(2, "1,5", "2"));
        assertThat(all("a,\"b;c\"\n1;5,2\n")).containsExactly(sound(1, "a", "b;c"), sound(2, "1;5", "2"));
        assertThat(all("\"a,b\";c\n1;2\n")).containsExactly(sound(1, "a,b", "c"), sound(2, "1", "2"));
    }

    @Test
    void aLineWithNothingInItIsStillALine() throws IOException {
        assertThat(all("a\n\n1\n")).containsExactly(sound(1, "a"), sound(2, ""), sound(3, "1"));
        assertThat(all("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"not closed,2",
                "\"closed\" too early,2",
                "a \"quote\" inside,2",
                "\"",
            })
    void aBrokenRowEndsWithItsLine(String row) throws IOException {
        List<Csv.Entry> all = all("a,b\n" + row + "\n3,\"4\"\n5,6\n");

        assertThat(all).hasSize(4);
        assertThat(all.get(1).line()).isEqualTo(2);
        assertThat(all.get(1).problem()).isPresent();
        assertThat(all.subList(2, 4)).containsExactly(sound(3, "3", "4"), sound(4, "5", "6"));
    }

    @Test
    void aQuoteTooManySwallowsNothing() throws IOException {
        StringBuilder text = new StringBuilder("a,b\n\"open,1\n");
        text.append("x,y\n".repeat(100_000));

        List<Csv.Entry> all = all(text.toString());

        assertThat(all).hasSize(100_002);
        assertThat(all.get(1).problem())
                .hasValueSatisfying(why -> assertThat(why).contains("not closed within"));
        assertThat(all.getLast()).isEqualTo(sound(100_002, "x", "y"));
    }

    @Test
    void bytesThatAreNotUtf8SpoilTheirRowAlone() throws IOException {
        byte[] text = "a,b\n1,?\n3,4\n".getBytes(StandardCharsets.UTF_8);
        text[6] = (byte) 0xFF;

        List<Csv.Entry> all = all(new ByteArrayInputStream(text));

        assertThat(all.get(1).problem()).contains("The row is not UTF-8.");
        assertThat(all.get(2)).isEqualTo(sound(3, "3", "4"));
    }

    /// A row of a gigabyte that was never in memory.
    @Test
    void aRowWithoutEndIsNeverHeld() throws IOException {
        long gigabyte = 1L << 30;
        InputStream endless = new InputStream() {
            private long left = gigabyte;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                if (left <= 0) {
                    return -1;
                }
                int some = (int) Math.min(left, length);
                Arrays.fill(bytes, offset, offset + some, (byte) 'x');
                left -= some;
                return some;
            }
        };
        InputStream bytes = new SequenceInputStream(
                new SequenceInputStream(new ByteArrayInputStream("a\n".getBytes(StandardCharsets.UTF_8)), endless),
                new ByteArrayInputStream("\nnext\n".getBytes(StandardCharsets.UTF_8)));

        List<Csv.Entry> all = all(bytes);

        assertThat(all).hasSize(3);
        assertThat(all.get(1).problem()).contains("The row has more than 65536 bytes.");
        assertThat(all.get(2)).isEqualTo(sound(3, "next"));
    }

    @Test
    void whateverComesIsReadToItsEnd() throws IOException {
        Random random = new Random(20_260_301);
        byte[] letters = "a\"\n\r,;\u0000é\uFEFF ".getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = new byte[random.nextInt(200)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = random.nextInt(20) == 0 ? (byte) random.nextInt() : letters[random.nextInt(letters.length)];
            }
            long lines = new String(bytes, StandardCharsets.ISO_8859_1)
                    .chars()
                    .filter(letter -> letter == '\n')
                    .count();

            List<Csv.Entry> all = all(new ByteArrayInputStream(bytes));

            assertThat(all).extracting(Csv.Entry::line).isSorted().doesNotHaveDuplicates();
            assertThat(all).allSatisfy(entry -> assertThat((long) entry.line()).isBetween(1L, lines + 1));
        }
    }
}
