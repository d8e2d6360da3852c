from trienkhai.cli import main

if __name__ == "__main__":  # processes that read files load this module again
    main(prog_name="trienkhai")
