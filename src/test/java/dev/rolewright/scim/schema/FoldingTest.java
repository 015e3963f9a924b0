package dev.rolewright.scim.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldingTest {

    @ParameterizedTest
    @CsvSource({
        "Ada, ADA",
        "grace@EXAMPLE.org, Grace@example.ORG",
        "straße, STRASSE",
        "Zoë, ZOE\u0308",
        "ΟΔΟΣ, οδος",
        "Ŀ, ŀ",
        "ǅ, ǆ",
        "𐐀, 𐐨"
    })
    void meetsWhenOnlyCaseOrCompositionDiffers(String one, String other) {
        assertThat(Folding.fold(one)).isEqualTo(Folding.fold(other));
    }

    @Test
    void keepsApartWhatDiffers() {
        assertThat(Folding.fold("Zoë")).isNotEqualTo(Folding.fold("Zoe"));
        assertThat(Folding.fold("a b")).isNotEqualTo(Folding.fold("ab"));
    }

    @Test
    void aWordStartsWithItsOwnBeginning() {
        assertThat(Folding.fold("ΟΔΟΣΑ")).startsWith(Folding.fold("ΟΔΟΣ"));
    }

    @Test
    void bytesAreTheSameWithAndWithoutPadding() {
        Attribute certificate =
                StandardCatalog.USER.core().attribute("x509Certificates").orElseThrow();
        Attribute value = certificate.sub("value").orElseThrow();

        assertThat(Folding.text(value, "TUk"))
                .isEqualTo(Folding.text(value, "TUk="))
                .contains("TUk=");
        assertThat(Folding.text(value, "TUk")).isNotEqualTo(Folding.text(value, "TUK"));
        assertThat(Folding.text(value, "no base64")).isEmpty();
    }

    @Test
    void isIdempotentAndIgnoresCompositionForEveryCharacter() {
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            if (!Character.isDefined(codePoint) || Character.getType(codePoint) == Character.SURROGATE) {
                continue;
            }
            String text = "x" + Character.toString(codePoint) + "y";

            String folded = Folding.fold(text);

            assertThat(Folding.fold(folded)).as("U+%04X twice", codePoint).isEqualTo(folded);
            assertThat(Folding.fold(Normalizer.normalize(text, Normalizer.Form.NFD)))
                    .as("U+%04X decomposed", codePoint)
                    .isEqualTo(folded);
        }
    }
}
