package dev.threadkeep.domain;

import java.util.Optional;

/**
 * What became of one entity in a bulk write.
 *
 * @param error why it was not written; empty when it was
 */
public record WriteResult<I>(I id, Optional<DataLayerException> error) {}
