package dev.rolewright.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import org.junit.jupiter.api.Test;

class SecretTest {

    private static final Secret SECRET = Secret.of("open sesame");

    @Test
    void printsAsStarsAloneAndInsideARecord() {
        record Holder(String name, Secret secret) {}

        assertThat(SECRET).hasToString("***");
        assertThat(new Holder("x", SECRET)).hasToString("Holder[name=x, secret=***]");
        assertThat("token " + SECRET).isEqualTo("token ***");
    }

    @Test
    void isNothingToAJsonSerializer() throws Exception {
        ObjectMapper lenient = new ObjectMapper().disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);

        assertThat(lenient.writeValueAsString(SECRET)).isEqualTo("{}");
        assertThatThrownBy(() -> new ObjectMapper().writeValueAsString(SECRET))
                .message()
                .doesNotContain("sesame");
    }

    @Test
    void equalsByContentAndHashesToNothing() {
        assertThat(SECRET).isEqualTo(Secret.of("open sesame")).isNotEqualTo(Secret.of("open barley"));
        assertThat(SECRET.matches(Secret.of("open sesam"))).isFalse();
        assertThat(SECRET).hasSameHashCodeAs(Secret.of("something else"));
    }

    @Test
    void fingerprintIsTheSha256OfTheText() {
        Fingerprint fingerprint = Fingerprint.of(Secret.of("abc"));

        assertThat(fingerprint.hex()).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThatThrownBy(() -> new Fingerprint("ABC")).isInstanceOf(IllegalArgumentException.class);
    }
}
