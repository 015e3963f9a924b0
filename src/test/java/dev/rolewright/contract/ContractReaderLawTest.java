package dev.rolewright.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever is written, reading answers: with a contract, or with an error that has a place and a fix.
class ContractReaderLawTest {

    private static final String NOISE = "{}[]:,*&!|>'\"\\#%-?@ \n\t0aé\u0000\u202e";

    @Test
    void answersWhateverIsWritten() {
        Random random = new Random(80);
        for (int round = 0; round < 3_000; round++) {
            StringBuilder text = new StringBuilder(Contracts.WHOLE);
            for (int slip = random.nextInt(3); slip >= 0; slip--) {
                int at = random.nextInt(text.length() - 40);
                int end = at + random.nextInt(random.nextInt(4) == 0 ? 40 : 2);
                int piece = random.nextInt(NOISE.length());
                text.replace(at, end, random.nextInt(3) == 0 ? "" : NOISE.substring(piece, piece + 1));
            }

            Reading reading = Contracts.read(text.toString());

            assertThat(reading.contract().isEmpty())
                    .as(text.toString())
                    .isEqualTo(reading.findings().stream().anyMatch(Finding::isError));
            assertThat(reading.findings())
                    .allMatch(it -> !it.sentence().isBlank() && !it.fix().isBlank())
                    .allMatch(it -> it.place().line() >= 1 && it.place().column() >= 1);
        }
    }
}
