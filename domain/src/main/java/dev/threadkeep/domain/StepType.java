package dev.threadkeep.domain;

/** What a step is. Types that a newer writer adds are kept as they are. */
public record StepType(String value) {
  public static final StepType USER_MESSAGE = new StepType("user_message");
  public static final StepType ASSISTANT_MESSAGE = new StepType("assistant_message");
  public static final StepType SYSTEM_MESSAGE = new StepType("system_message");
  public static final StepType RUN = new StepType("run");
  public static final StepType TOOL = new StepType("tool");
  public static final StepType LLM = new StepType("llm");
  public static final StepType EMBEDDING = new StepType("embedding");
  public static final StepType RETRIEVAL = new StepType("retrieval");
  public static final StepType RERANK = new StepType("rerank");
  public static final StepType UNDEFINED = new StepType("undefined");

  public static StepType of(String value) {
    return new StepType(value);
  }

  /** Whether a person reads it as a message of the chat; writing one makes its thread active. */
  public boolean isMessage() {
    return equals(USER_MESSAGE) || equals(ASSISTANT_MESSAGE) || equals(SYSTEM_MESSAGE);
  }

  @Override
  public String toString() {
    return value;
  }
}
