package dev.foreignarch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.exception.InternalServerErrorException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class EngineExceptionTests {

    @Test
    void podmans_message_says_more_than_its_cause() {
        assertThat(
                        EngineException.words(
                                new InternalServerErrorException(
                                        "Status 500: {\"cause\":\"OCI permission denied\",\"message\":\"crun: setrlimit"
                                                + " `RLIM_MEMLOCK`: Operation not permitted: OCI permission denied\",\"response\":500}\n")))
                .isEqualTo("crun: setrlimit `RLIM_MEMLOCK`: Operation not permitted: OCI permission denied");
    }

    @Test
    void a_cause_is_better_than_nothing() {
        assertThat(EngineException.words(
                        new InternalServerErrorException("{\"cause\":\"no such container\",\"message\":\"\"}")))
                .isEqualTo("no such container");
    }

    @Test
    void what_json_escapes_is_shown_as_it_was() {
        assertThat(
                        EngineException.words(
                                new InternalServerErrorException(
                                        "Status 500: {\"message\":\"exec: \\\"C:\\\\\\\\x\\\": not \\u003cfound\\u003e\\n\\tin \\/bin\"}")))
                .isEqualTo("exec: \"C:\\\\x\": not <found>\n\tin /bin");
    }

    @Test
    void other_words_stay_as_they_are() {
        assertThat(EngineException.words(new InternalServerErrorException("out of order\n")))
                .isEqualTo("Status 500: out of order");
        assertThat(EngineException.words(new IOException("{\"message\":\"no answer of an engine\"}")))
                .isEqualTo("{\"message\":\"no answer of an engine\"}");
        assertThat(EngineException.words(new IOException())).isEqualTo("java.io.IOException");
    }
}
