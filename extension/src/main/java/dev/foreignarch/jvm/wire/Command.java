package dev.foreignarch.jvm.wire;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/** What the local side asks of a foreign JVM. The end of the stream of commands asks it to end. */
@API(status = INTERNAL, since = "0.1")
public sealed interface Command {

    /**
     * Run tests, and send {@link Event.Done} at the end.
     *
     * @param classNames classes to run wholly
     * @param uniqueIds tests or containers to run, by their IDs in the foreign JVM
     * @param engines IDs of the test engines to use; empty means all
     * @param parameters configuration parameters
     */
    record Run(List<String> classNames, List<String> uniqueIds, List<String> engines, Map<String, String> parameters)
            implements Command {
        /** Keep copies. */
        public Run {
            classNames = List.copyOf(classNames);
            uniqueIds = List.copyOf(uniqueIds);
            engines = List.copyOf(engines);
            parameters = Map.copyOf(parameters);
        }
    }

    /** Send what all threads are doing, even while tests run. */
    record DumpThreads() implements Command {}

    /** End as a program ends that has done its work, with what a JVM then does. */
    record End() implements Command {}

    /** Return this command as a message. */
    default byte[] encode() {
        WireOutput out = new WireOutput();
        if (this instanceof Run run) {
            out.number(1)
                    .texts(run.classNames())
                    .texts(run.uniqueIds())
                    .texts(run.engines())
                    .texts(run.parameters());
        } else {
            out.number(this instanceof DumpThreads ? 2 : 3);
        }
        return out.toByteArray();
    }

    /**
     * Write this command to the input of a foreign JVM, as the agent there reads it: the message behind its length.
     *
     * @param input the JVM's input
     * @throws IOException if the JVM does not read anymore
     */
    default void writeTo(OutputStream input) throws IOException {
        byte[] message = encode();
        DataOutputStream out = new DataOutputStream(input);
        out.writeInt(message.length);
        out.write(message);
        out.flush();
    }

    /**
     * Read a command.
     *
     * @param message the message
     * @return the command
     * @throws WireException if the message is no command
     */
    static Command decode(byte[] message) {
        WireInput in = new WireInput(message);
        int kind = (int) in.number();
        return switch (kind) {
            case 1 -> new Run(in.texts(), in.texts(), in.texts(), in.textMap());
            case 2 -> new DumpThreads();
            case 3 -> new End();
            default -> throw new WireException("there is no command number " + kind, null);
        };
    }
}
